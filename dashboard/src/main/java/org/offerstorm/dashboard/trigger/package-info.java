/**
 * Watches the rules on the table and on the pipeline, and reports events to the log, to the page and to channels:
 * webhooks and e-mail.
 *
 * <p>Invariant: a rule that has fired does not fire again before it is over.
 */
package org.offerstorm.dashboard.trigger;
