package org.offerstorm.spouts;

import java.util.Optional;

/**
 * A place in a partition's log.
 *
 * @param offset the next offset
 * @param leaderEpoch Kafka's leader epoch of the record before; nothing if it is not known, and then nobody notices that
 *     the log below was lost and filled again
 */
record LogPosition(long offset, Optional<Integer> leaderEpoch) {}
