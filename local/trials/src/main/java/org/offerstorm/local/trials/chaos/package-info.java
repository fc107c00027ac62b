/**
 * {@code offerstorm chaos}: faults from a seeded plan against a whole cluster under load, and the proof that every store is exact
 * afterwards.
 */
package org.offerstorm.local.trials.chaos;
