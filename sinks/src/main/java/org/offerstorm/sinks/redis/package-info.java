/**
 * Redis counts the live offers of each category and continent.
 *
 * <pre>
 *   {tag}:meta        format, topic, topic-id, epoch, partitions, buckets; and, so that what somebody deletes is missed,
 *                     how many fields counts and cells have (counted, cells) and all buckets together (states)
 *   {tag}:counts      category|CONTINENT → live offers; a cell without offers has no field
 *   {tag}:s:N         state bucket N: 8-byte hash of an offer id → version (7 bytes), cell number (2 bytes; 0 = deleted)
 *   {tag}:cells       category|CONTINENT → cell number        {tag}:cell-names   cell number → category|CONTINENT
 *   {tag}:coverage    partition → offset below which every record is counted
 *   {tag}:parked      partition → "from-next from-next": ranges that came before those below them
 *   {tag}:changes     stream, one entry for each chunk that changed something: at, new, corrected, deleted, and the
 *                     difference of each cell that moved ("Tech|EU" → "+3")
 *   {tag}:rate:M      new, corrected, deleted of the records whose timestamp lies in minute M since 1970; expires
 * </pre>
 *
 * One Lua script applies a chunk (conf/redis/apply-chunk.lua). Deleted offers keep their state, or a late replay would
 * bring them back.
 *
 * <p>An offer is known by 112 bits of the SHA-256 of its id: 48 choose the bucket, 64 are the field. Two ids that share
 * bucket and field would count as one. Among n ids in b buckets that happens at all with a probability of about
 * n² / (2 · b · 2^64): one in four billion for a hundred million ids in a million buckets.
 *
 * <p>Invariant: state, counters, coverage and the stream of changes move in one script call, or not at all.
 */
package org.offerstorm.sinks.redis;
