package org.offerstorm.local.trials.chaos.fault;

import java.util.List;
import java.util.function.Supplier;
import org.offerstorm.local.trials.chaos.site.Fault;

/** The faults of this package, for the list of all. */
public final class StateAndNetworkFaults {
    private StateAndNetworkFaults() {}

    /** In the order of {@code chaos --list}; each makes a new fault, for one step. */
    public static List<Supplier<Fault>> all() {
        return List.of(
                RedisEmpty::new,
                RedisLogCut::new,
                RedisMaxMemory::new,
                RedisReplyLost::new,
                NetworkFault::redisBlackHole,
                ConnectionsCut::ofPostgres,
                NetworkFault::postgresBlackHole,
                PostgresTerminated::new,
                PostgresExhausted::new,
                PostgresReadOnly::new,
                NetworkFault::solrTooManyRequests,
                NetworkFault::solrUnavailable,
                NetworkFault::solrSlow,
                SolrReadOnly::new,
                HdfsQuota::new,
                HdfsSafeMode::new,
                NetworkFault::nameNodeBlackHole,
                ConnectionsCut::ofKafka,
                NetworkFault::kafkaRefused,
                NetworkFault::kafkaBlackHole,
                TopicDenied::deadLetters,
                TopicDenied::changes,
                ChangesFenced::new,
                ChangesBrokerKill::new,
                GroupResetBackwards::new,
                SecondTopology::new,
                ConnectionsCut::ofAll);
    }
}
