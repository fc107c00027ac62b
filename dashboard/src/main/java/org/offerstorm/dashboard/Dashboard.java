package org.offerstorm.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.secret.ApiKeys;
import org.offerstorm.dashboard.lake.LakeClient;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.pipeline.Observation;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.dashboard.trigger.Channels;
import org.offerstorm.dashboard.trigger.HealthWatch;
import org.offerstorm.dashboard.trigger.Triggers;
import org.offerstorm.dashboard.trigger.TriggersView;
import org.offerstorm.dashboard.web.DashboardServer;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.solr.Solr;

/** The dashboard: the reader of Redis, the watch over workers and stores, and the web server. Any thread may close it. */
public final class Dashboard implements AutoCloseable {
    private final LiveTable live;
    private final Channels channels;
    private final Observation observation;
    private final DashboardServer server;

    private Dashboard(LiveTable live, Channels channels, Observation observation, DashboardServer server) {
        this.live = live;
        this.channels = channels;
        this.observation = observation;
        this.server = server;
    }

    /**
     * Starts the dashboard. All servers may start later.
     *
     * @param data whose offers they are: names and further fields for the search
     * @param port 0 for any free one
     * @throws IOException if the address is unavailable
     * @throws IllegalArgumentException if {@code redis.uri}, {@code solr.url} or that of another sink is not an
     *     address, or a key of {@code dashboard.keys} cannot be used
     */
    public static Dashboard start(OfferstormConfig config, DataSet data, InetAddress bind, int port)
            throws IOException {
        ApiKeys keys = new ApiKeys("dashboard.keys", config.dashboard().keys()); // before anything runs
        OfferSearch search = new OfferSearch(config.of(Solr.KIND), data, InstantSource.system());
        LiveTable live = LiveTable.start(config.of(Redis.KIND), InstantSource.system());
        Observation observation = observe(config, live);
        Channels channels = Channels.start(config.triggers());
        try {
            Triggers triggers = new Triggers(config.triggers().rules(), live, channels::send);
            live.onChange(() -> channels.tick(live.now()));
            if (triggers.watchHealth()) {
                observation.pipeline().onAnswers(new HealthWatch(triggers));
            }
            return new Dashboard(
                    live,
                    channels,
                    observation,
                    DashboardServer.start(
                            live,
                            () -> new TriggersView(triggers.states(), channels.states()),
                            config.of(Redis.KIND),
                            search,
                            observation,
                            new LakeClient(config.lake(), config.tls()),
                            config.dashboard(),
                            keys,
                            bind,
                            port));
        } catch (IOException | RuntimeException e) {
            close(live, channels, observation);
            throw e;
        }
    }

    private static Observation observe(OfferstormConfig config, LiveTable live) {
        try {
            return Observation.start(config, InstantSource.system(), live::link);
        } catch (RuntimeException e) {
            live.close();
            throw e;
        }
    }

    public LiveTable live() {
        return live;
    }

    /** The workers and the stores. */
    public Observation observation() {
        return observation;
    }

    public DashboardServer server() {
        return server;
    }

    /** Where people find the page. */
    public String url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        close(live, channels, observation);
    }

    private static void close(LiveTable live, Channels channels, Observation observation) {
        observation.close();
        live.close();
        channels.close();
    }
}
