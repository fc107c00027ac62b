/**
 * What the stores hold and how large that is, asked once to four times a minute. Each store has its own thread, which
 * hands over immutable values; any thread may read them.
 *
 * <p>Invariant: a store that does not answer is shown as unknown, and keeps no other one waiting.
 */
package org.offerstorm.dashboard.storage;
