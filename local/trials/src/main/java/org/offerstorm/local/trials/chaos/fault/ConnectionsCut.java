package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.offerstorm.local.servers.proxy.TcpProxy;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Proxies;
import org.offerstorm.local.trials.chaos.site.Site;

/** Connections are reset several times, at odd moments. */
final class ConnectionsCut implements Fault {
    private static final int TIMES = 6;
    private static final int LONGEST_PAUSE_MILLIS = 1_500;

    private final String name;
    private final String description;
    private final Function<Proxies, List<TcpProxy>> which;

    private ConnectionsCut(String name, String description, Function<Proxies, List<TcpProxy>> which) {
        this.name = name;
        this.description = description;
        this.which = which;
    }

    static Fault ofAll() {
        return new ConnectionsCut(
                "connections-cut",
                "Six times all connections to Redis, PostgreSQL, Solr, Kafka and the NameNode are reset at once, along with"
                        + " everything in transit. Half-done work is repeated, and nothing counts twice.",
                Proxies::all);
    }

    static Fault ofKafka() {
        return new ConnectionsCut(
                "kafka-cut",
                "Six times the connections to Kafka are reset: fetches, commits and dead letters. No record is lost or"
                        + " skipped.",
                proxies -> List.of(proxies.kafka()));
    }

    static Fault ofPostgres() {
        return new ConnectionsCut(
                "postgres-cut",
                "Six times the connections to PostgreSQL are reset, also between a commit and its answer. A chunk that comes"
                        + " again changes nothing.",
                proxies -> List.of(proxies.postgres()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public void inject(Site site) throws InterruptedException {
        for (int i = 0; i < TIMES; i++) {
            which.apply(site.proxies()).forEach(TcpProxy::cut);
            Thread.sleep(site.random().nextInt(LONGEST_PAUSE_MILLIS));
        }
    }

    @Override
    public void heal(Site site) {
        which.apply(site.proxies()).forEach(TcpProxy::pass);
    }
}
