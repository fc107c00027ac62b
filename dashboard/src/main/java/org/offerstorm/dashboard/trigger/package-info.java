/** Rules on the table are watched here, and others are told: the log, a webhook, the page. */
package org.offerstorm.dashboard.trigger;
