/** Faults of processes: workers and servers killed, stopped and paused. */
package org.offerstorm.local.trials.chaos.process;
