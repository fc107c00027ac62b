package org.offerstorm.dashboard.web;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.live.Resume;
import org.offerstorm.dashboard.live.Table;
import org.offerstorm.dashboard.live.Update;
import org.offerstorm.dashboard.trigger.TriggersView;
import org.offerstorm.sinks.redis.ChangeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;

/** {@code GET /api/changes}: Server-Sent Events to any number of viewers, up to a limit. */
final class EventsHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EventsHandler.class);
    static final int MAX_VIEWERS = 2_000;
    /** Viewers that wait for what they missed; more get the whole table. */
    private static final int MOST_TO_RESUME = 64;

    private static final HttpString LAST_EVENT_ID = new HttpString("Last-Event-ID");
    private static final HttpString ACCEL = new HttpString("X-Accel-Buffering");

    private final LiveTable live;
    private final Resume resume;
    private final Events events;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    /** One thread, as there is one connection: those who come back cannot take the search's threads. */
    private final ThreadPoolExecutor resumes = new ThreadPoolExecutor(
            1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_TO_RESUME), EventsHandler::thread);

    EventsHandler(LiveTable live, Supplier<TriggersView> triggers, Resume resume) {
        this.live = live;
        this.resume = resume;
        this.events = new Events(live, triggers);
        live.onChange(this::tellAll);
    }

    int viewers() {
        return viewers.size();
    }

    long dropped() {
        return events.droppedCount();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (viewers.size() >= MAX_VIEWERS) {
            exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE).endExchange();
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseHeaders().put(ACCEL, "no"); // a proxy must not buffer events
        exchange.setPersistent(false);
        ChangeId last = lastSeen(exchange);
        if (last == null) {
            // Dispatched, or the exchange would end as this method returns.
            exchange.dispatch(exchange.getIoThread(), () -> begin(exchange, events.first()));
        } else {
            exchange.dispatch(SameThreadExecutor.INSTANCE, () -> resume(exchange, last));
        }
    }

    /** It may ask Redis for much; if too many want that, they get the whole table, which is in memory. */
    private void resume(HttpServerExchange exchange, ChangeId last) {
        try {
            resumes.execute(() -> {
                Events.Message first = since(last);
                exchange.dispatch(exchange.getIoThread(), () -> begin(exchange, first));
            });
        } catch (RejectedExecutionException e) {
            exchange.dispatch(exchange.getIoThread(), () -> begin(exchange, events.first()));
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "resume-viewers");
        thread.setDaemon(true);
        return thread;
    }

    /** Ends all connections. */
    void close() {
        resumes.shutdownNow();
        viewers.forEach(viewer -> viewer.thread().execute(viewer::close));
    }

    private Events.Message since(ChangeId last) {
        Table table = live.table();
        try {
            Update missed = resume.since(last, table);
            return missed == null ? events.first() : events.first(missed);
        } catch (IOException | RuntimeException e) { // or nobody would answer
            LOG.debug("A viewer gets the whole table instead of what it missed", e);
            return events.first();
        }
    }

    private void begin(HttpServerExchange exchange, Events.Message first) {
        StreamSinkChannel channel = exchange.getResponseChannel();
        Viewer[] self = new Viewer[1];
        Viewer viewer = new Viewer(
                channel,
                () -> IoUtils.safeClose(exchange.getConnection()),
                events,
                first.bytes().duplicate(),
                first.position(),
                () -> viewers.remove(self[0]));
        self[0] = viewer;
        viewers.add(viewer);
        exchange.getConnection().addCloseListener(connection -> viewer.thread().execute(viewer::close));
        try {
            if (channel.flush()) {
                viewer.start();
            } else {
                channel.getWriteSetter()
                        .set(ChannelListeners.flushingChannelListener(
                                flushed -> viewer.start(), (failed, e) -> viewer.close()));
                channel.resumeWrites();
            }
        } catch (IOException e) {
            viewer.close();
        }
    }

    private void tellAll() {
        for (Viewer viewer : viewers) {
            viewer.thread().execute(viewer::look);
        }
    }

    /** Browsers send the header when they connect again; the page names it in the address when it was loaded again. */
    private static ChangeId lastSeen(HttpServerExchange exchange) {
        String id = exchange.getRequestHeaders().getFirst(LAST_EVENT_ID);
        if (id == null && exchange.getQueryParameters().containsKey("after")) {
            id = exchange.getQueryParameters().get("after").getFirst();
        }
        return id != null && id.matches("[0-9]{1,16}-[0-9]{1,16}") ? ChangeId.parse(id) : null;
    }
}
