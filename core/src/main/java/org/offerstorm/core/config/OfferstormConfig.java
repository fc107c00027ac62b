package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.Set;

/** Everything that conf/offerstorm.yaml says. */
public record OfferstormConfig(
        SourceConfig source,
        DeadLetterConfig deadLetters,
        Set<SinkName> sinks,
        RedisConfig redis,
        SolrConfig solr,
        HdfsConfig hdfs,
        TopologyConfig topology,
        TriggersConfig triggers)
        implements Serializable {
    /** The sinks that a submission may have. */
    public enum SinkName {
        HDFS,
        SOLR,
        REDIS
    }
}
