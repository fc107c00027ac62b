/** The wiring of the components into one Storm topology, and the command line. */
package org.offerstorm.topology;
