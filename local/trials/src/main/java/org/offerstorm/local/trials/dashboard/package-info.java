/** The dashboard as a command. */
package org.offerstorm.local.trials.dashboard;
