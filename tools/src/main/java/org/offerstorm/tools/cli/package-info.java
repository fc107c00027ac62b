/**
 * The command line: a class for each command, which parses options, calls plain code and prints. Exit codes: 0 fine, 1
 * found a difference, 2 usage, 3 something is unavailable.
 *
 * <p>Invariant: of this module only packages named {@code cli} use picocli.
 */
package org.offerstorm.tools.cli;
