package org.offerstorm.dashboard;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import org.offerstorm.core.config.RedisConfig;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.web.DashboardServer;

/** The dashboard: the reader of Redis and the web server. Any thread may close it. */
public final class Dashboard implements AutoCloseable {
    private final LiveTable live;
    private final DashboardServer server;

    private Dashboard(LiveTable live, DashboardServer server) {
        this.live = live;
        this.server = server;
    }

    /**
     * Starts it. Redis may come later.
     *
     * @param port 0 for any free one
     * @throws IOException if the address is not to be had
     * @throws IllegalArgumentException if {@code redis.uri} is no address
     */
    public static Dashboard start(RedisConfig redis, InetAddress bind, int port) throws IOException {
        LiveTable live = LiveTable.start(redis, InstantSource.system());
        try {
            return new Dashboard(live, DashboardServer.start(live, redis, bind, port));
        } catch (IOException | RuntimeException e) {
            live.close();
            throw e;
        }
    }

    public LiveTable live() {
        return live;
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
        live.close();
    }
}
