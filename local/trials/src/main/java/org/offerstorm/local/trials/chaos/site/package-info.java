/**
 * What a fault is, and what it reaches of the run.
 *
 * <p>Invariant: it knows neither the faults nor the run; the faults know it and not the run.
 */
package org.offerstorm.local.trials.chaos.site;
