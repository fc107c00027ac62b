/** The command line. Exit codes: 0 fine, 1 found a difference, 2 usage, 3 something is unreachable. */
package org.offerstorm.tools.cli;
