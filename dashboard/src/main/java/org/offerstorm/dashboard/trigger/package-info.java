/**
 * Watches the rules on the table, and reports events to the log, to the page and to a webhook.
 *
 * <p>Invariant: a rule that has fired does not fire again before it is over.
 */
package org.offerstorm.dashboard.trigger;
