/**
 * What a fault is, and what it reaches of the run. Invariant: the faults know this package and not the run, and the run knows the faults
 * by their catalogue alone.
 */
package org.offerstorm.local.trials.chaos.site;
