/**
 * Withdraws offers by records of the topic: deletions that nobody's correction can be lost to.
 *
 * <pre>
 *   TopicWriter: begin ─▶ deletions (their offsets are known, nobody reads them yet) ─▶ TopicTail: the log up to them
 *                     ─▶ nothing came between: commit;  something did: abort, and again without those offers
 * </pre>
 *
 * <p>Invariant: a deletion is committed only if the log holds no record of its offer between the one that it withdraws and
 * the deletion itself.
 */
package org.offerstorm.sinks.withdrawal;
