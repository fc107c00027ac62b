package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.offerstorm.local.servers.proxy.TcpProxy;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Proxies;
import org.offerstorm.local.trials.chaos.site.Site;

/** A proxy is in another state for a while. The stream waits, and resumes when everything gets through again. */
class NetworkFault implements Fault {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final String name;
    private final String description;
    private final Duration lasts;
    private final Function<Proxies, TcpProxy> which;
    private final Consumer<TcpProxy> state;

    private NetworkFault(
            String name,
            String description,
            Duration lasts,
            Function<Proxies, TcpProxy> which,
            Consumer<TcpProxy> state) {
        this.name = name;
        this.description = description;
        this.lasts = lasts;
        this.which = which;
        this.state = state;
    }

    static Fault redisBlackHole() {
        return blackHole("redis", "Redis", 20, Proxies::redis);
    }

    static Fault postgresBlackHole() {
        return blackHole("postgres", "PostgreSQL", 20, Proxies::postgres);
    }

    static Fault kafkaBlackHole() {
        return blackHole("kafka", "Kafka", 30, Proxies::kafka);
    }

    static Fault nameNodeBlackHole() {
        return blackHole("namenode", "the NameNode", 20, Proxies::namenode);
    }

    static Fault kafkaRefused() {
        return new NetworkFault(
                "kafka-refused",
                "For 15 s connections to Kafka are reset and refused. The poller tries again until it is let in; no worker"
                        + " ends.",
                Duration.ofSeconds(15),
                Proxies::kafka,
                TcpProxy::refuse);
    }

    static Fault solrTooManyRequests() {
        return solrAnswers(TOO_MANY_REQUESTS);
    }

    static Fault solrUnavailable() {
        return solrAnswers(UNAVAILABLE);
    }

    static Fault solrSlow() {
        return new NetworkFault(
                "solr-slow",
                "For 20 s each of Solr's answers comes 7 s late, after the client's deadline: the update was made, and is"
                        + " sent again. Versions keep it from counting twice.",
                Duration.ofSeconds(20),
                Proxies::solr,
                proxy -> proxy.delay(Duration.ofSeconds(7)));
    }

    private static Fault blackHole(String server, String called, int seconds, Function<Proxies, TcpProxy> which) {
        return new NetworkFault(
                server + "-black-hole",
                "For " + seconds + " s connections to " + called
                        + " stay open, but nothing gets through and neither side notices."
                        + " Deadlines end the calls, and the stream waits.",
                Duration.ofSeconds(seconds),
                which,
                TcpProxy::blackHole);
    }

    private static Fault solrAnswers(int status) {
        return new NetworkFault(
                "solr-" + status,
                "For 15 s updates are answered with " + status + " and do not reach Solr. It is an outage and causes no"
                        + " dead letter; not with --secure.",
                Duration.ofSeconds(15),
                Proxies::solr,
                proxy -> proxy.answerUpdates(status)) {
            @Override
            public boolean readsRequests() {
                return true;
            }
        };
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
        return lasts;
    }

    @Override
    public void inject(Site site) {
        state.accept(which.apply(site.proxies()));
    }

    @Override
    public void heal(Site site) {
        TcpProxy proxy = which.apply(site.proxies());
        proxy.pass();
        site.log(name + ": so far " + proxy.bytesSwallowed() + " bytes were swallowed, and " + proxy.answered()
                + " requests answered by the proxy");
    }
}
