/**
 * What a running process reports about itself over HTTP, and who asks for it: workers serve the figures of their tasks,
 * {@code status} and the dashboard read them.
 *
 * <p>Invariant: figures contain numbers and messages, never an offer; no client can silence the server.
 */
package org.offerstorm.tools.figures;
