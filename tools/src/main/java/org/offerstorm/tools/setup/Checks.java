package org.offerstorm.tools.setup;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.OfferstormConfig.SinkName;
import org.offerstorm.core.sink.CoverageReader;
import org.offerstorm.sinks.hdfs.HdfsHealth;
import org.offerstorm.sinks.redis.RedisCoverage;
import org.offerstorm.sinks.redis.RedisHealth;
import org.offerstorm.sinks.solr.SolrHealth;

/** The checks that matter to a configuration: those of its sinks alone. */
public final class Checks {
    private Checks() {}

    /** In the order in which their findings are shown. Connects to nothing yet. */
    public static List<Check> of(OfferstormConfig config) {
        InstantSource clock = InstantSource.system();
        StreamSource source = new StreamSource(config.source());
        Set<SinkName> sinks = config.sinks();
        Set<String> names =
                sinks.stream().map(name -> name.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        CoverageReader.Factory coverage = sinks.contains(SinkName.REDIS) ? RedisCoverage.factory(config.redis()) : null;

        List<Check> checks = new ArrayList<>();
        checks.add(new HostHealth());
        checks.add(new KafkaHealth(config, names, coverage));
        if (sinks.contains(SinkName.REDIS)) {
            checks.add(new RedisHealth(config.redis(), source, clock));
        }
        if (sinks.contains(SinkName.SOLR)) {
            checks.add(new SolrHealth(config.solr(), source, clock));
        }
        if (sinks.contains(SinkName.HDFS)) {
            checks.add(new HdfsHealth(
                    config.hdfs(), config.source().group(), config.topology().spoutTasks(), source, clock));
        }
        ServiceLoader.load(CheckProvider.class, CheckProvider.class.getClassLoader())
                .forEach(further -> checks.addAll(further.checks(config)));
        return checks;
    }
}
