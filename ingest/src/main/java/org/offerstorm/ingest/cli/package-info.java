/**
 * {@code offerstorm ingest}: parses the options, starts an {@link org.offerstorm.ingest.Ingest} and waits for Ctrl-C.
 *
 * <p>Invariant: no other package of the module uses picocli.
 */
package org.offerstorm.ingest.cli;
