/**
 * {@code offerstorm demo}: the command line of the demo.
 *
 * <p>Invariant: reads options and runs commands; what a demo does is in {@link org.offerstorm.local.demo}.
 */
package org.offerstorm.local.demo.cli;
