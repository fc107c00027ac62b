/**
 * {@code offerstorm chaos}: injects faults from a seeded plan into a whole cluster under load, and proves that every
 * store is exact afterwards.
 *
 * <p>Invariant: the same seed, length and choice of faults give the same plan.
 */
package org.offerstorm.local.trials.chaos;
