/**
 * The commands of the lake.
 *
 * <p>Invariant: only packages named {@code cli} use picocli; what a command does is elsewhere.
 */
package org.offerstorm.lake.cli;
