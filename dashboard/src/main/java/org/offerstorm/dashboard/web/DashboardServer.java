package org.offerstorm.dashboard.web;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.offerstorm.core.config.DashboardConfig;
import org.offerstorm.core.secret.ApiKeys;
import org.offerstorm.dashboard.http.Bodies;
import org.offerstorm.dashboard.http.HostNames;
import org.offerstorm.dashboard.http.Listener;
import org.offerstorm.dashboard.lake.LakeClient;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.live.Resume;
import org.offerstorm.dashboard.map.WorldMap;
import org.offerstorm.dashboard.pipeline.Observation;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.dashboard.trigger.TriggersView;
import org.offerstorm.sinks.redis.RedisConfig;
import org.xnio.Options;

/** The web server: page and API over one {@link LiveTable}. It uses few threads, regardless of the number of viewers. */
public final class DashboardServer implements AutoCloseable {
    private static final String[] FILES = {
        "style.css",
        "app.js",
        "state.js",
        "live.js",
        "address.js",
        "continents.js",
        "early.js",
        "theme.js",
        "format.js",
        "figure.js",
        "marks.js",
        "matrix.js",
        "matrix-nodes.js",
        "matrix-order.js",
        "spark.js",
        "map.js",
        "rates.js",
        "feed.js",
        "freshness.js",
        "export.js",
        "lake.js",
        "triggers.js",
        "icon.svg"
    };
    /** What the kernel keeps for a viewer that does not read. */
    private static final int SEND_BUFFER = 64 * 1024;

    private static final int BUFFER = 16 * 1024;
    /** Bytes: a request has no body, and an address with each filter in it is shorter. */
    private static final int MAX_HEADER = 64 * 1024;

    private final Listener listener;
    private final EventsHandler events;
    private final Resume resume;

    private DashboardServer(Listener listener, EventsHandler events, Resume resume) {
        this.listener = listener;
        this.events = events;
        this.resume = resume;
    }

    /**
     * Listens.
     *
     * @param triggers the state of the rules
     * @param redis for viewers that come back after long
     * @param search what the search page asks
     * @param observation what the page Pipeline shows
     * @param lake what is asked for the past
     * @param config names and prefix by which people reach it
     * @param keys of those who may read
     * @param port 0 for any free one
     * @throws IOException if that address is unavailable
     */
    public static DashboardServer start(
            LiveTable live,
            Supplier<TriggersView> triggers,
            RedisConfig redis,
            OfferSearch search,
            Observation observation,
            LakeClient lake,
            DashboardConfig config,
            ApiKeys keys,
            InetAddress bind,
            int port)
            throws IOException {
        return start(
                live, triggers, redis, search, observation, lake, config, keys, bind, port, ConnectionLimits.DEFAULT);
    }

    static DashboardServer start(
            LiveTable live,
            Supplier<TriggersView> triggers,
            RedisConfig redis,
            OfferSearch search,
            Observation observation,
            LakeClient lake,
            DashboardConfig config,
            ApiKeys keys,
            InetAddress bind,
            int port,
            ConnectionLimits limits)
            throws IOException {
        Resume resume = new Resume(redis);
        EventsHandler events = new EventsHandler(live, triggers, resume);
        Undertow server = Undertow.builder()
                .addHttpListener(
                        port,
                        bind.getHostAddress(),
                        new Bodies(
                                new Guard(
                                        new KeyCheck(
                                                keys,
                                                config.path(),
                                                new BasePath(
                                                        config.path(),
                                                        routes(live, triggers, events, search, observation, lake))),
                                        new HostNames(bind, config.hostNames())),
                                limits.requestMillis(),
                                false))
                .setIoThreads(2)
                .setWorkerThreads(8)
                .setBufferSize(BUFFER)
                .setDirectBuffers(true)
                .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER)
                .setSocketOption(Options.WRITE_TIMEOUT, limits.answerMillis())
                .setSocketOption(Options.CONNECTION_HIGH_WATER, limits.connections())
                .setSocketOption(Options.CONNECTION_LOW_WATER, limits.connections())
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, limits.requestMillis())
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, limits.idleMillis())
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 0L)
                .build();
        try {
            return new DashboardServer(Listener.start(server, bind, port), events, resume);
        } catch (IOException e) {
            resume.close();
            throw e;
        }
    }

    /** {@code http://127.0.0.1:8080/}. */
    public String url() {
        return listener.url();
    }

    public int port() {
        return listener.port();
    }

    /** Connections that listen to events now. */
    public int viewers() {
        return events.viewers();
    }

    /** Connections that were dropped since the start because they did not read. */
    public long dropped() {
        return events.dropped();
    }

    @Override
    public void close() {
        events.close();
        listener.close();
        resume.close();
    }

    private static HttpHandler routes(
            LiveTable live,
            Supplier<TriggersView> triggers,
            EventsHandler events,
            OfferSearch search,
            Observation observation,
            LakeClient lake) {
        PathHandler paths = new PathHandler(DashboardServer::notFound);
        Map<String, Asset> files = new HashMap<>();
        for (String file : FILES) {
            files.put(file, Asset.load(file));
        }
        files.put("map.json", new Asset("application/json", MapJson.of(WorldMap.draw())));
        SearchRoutes.addFiles(files);
        PipelineRoutes.addFiles(files);
        Assets assets = new Assets(files);
        paths.addPrefixPath("/assets", assets);
        paths.addExactPath("/", assets.page("index.html"));
        LakeRoutes.add(paths, live, lake);
        paths.addExactPath("/api/rates", document(() -> Api.rates(live)));
        paths.addExactPath("/api/changes", events);
        paths.addExactPath("/api/changes/recent", document(() -> Api.recent(live.recent())));
        paths.addExactPath("/api/triggers", document(() -> Api.triggers(triggers.get())));
        paths.addExactPath(KeyCheck.HEALTH, exchange -> {
            exchange.setStatusCode(live.link().up() ? StatusCodes.OK : StatusCodes.SERVICE_UNAVAILABLE);
            document(() -> Api.health(live, events.viewers(), events.dropped())).handleRequest(exchange);
        });
        MetricsRoutes.add(paths, live, triggers, events, search, observation.storage());
        SearchRoutes.add(paths, assets, search);
        PipelineRoutes.add(paths, assets, observation, InstantSource.system());
        paths.addExactPath("/api/openapi.json", Asset.load("openapi.json"));
        return paths;
    }

    private static HttpHandler document(Supplier<byte[]> content) {
        return exchange -> Body.send(exchange, content.get());
    }

    private static void notFound(HttpServerExchange exchange) {
        exchange.setStatusCode(StatusCodes.NOT_FOUND);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender()
                .send(
                        "Nothing is here. The page is /, the API is described in /api/openapi.json\n",
                        StandardCharsets.UTF_8);
    }
}
