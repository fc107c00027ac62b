package org.offerstorm.dashboard.web;

import io.undertow.server.handlers.PathHandler;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.offerstorm.dashboard.http.FiguresHandler;
import org.offerstorm.dashboard.live.Connection;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.search.OfferSearch;
import org.offerstorm.dashboard.storage.Storage;
import org.offerstorm.dashboard.trigger.ChannelState;
import org.offerstorm.dashboard.trigger.TriggerState;
import org.offerstorm.dashboard.trigger.TriggersView;
import org.offerstorm.tools.figures.Families;
import org.offerstorm.tools.figures.FiguresPages;
import org.offerstorm.tools.figures.StoreCalls;

/** The dashboard's own metrics, and whether it lives and is ready; docs/metrics.md has the names. */
final class MetricsRoutes {
    private static final String PREFIX = "offerstorm_dashboard_";

    private final LiveTable live;
    private final Supplier<TriggersView> triggers;
    private final EventsHandler events;
    private final OfferSearch search;
    private final Storage storage;

    private MetricsRoutes(
            LiveTable live,
            Supplier<TriggersView> triggers,
            EventsHandler events,
            OfferSearch search,
            Storage storage) {
        this.live = live;
        this.triggers = triggers;
        this.events = events;
        this.search = search;
        this.storage = storage;
    }

    static void add(
            PathHandler paths,
            LiveTable live,
            Supplier<TriggersView> triggers,
            EventsHandler events,
            OfferSearch search,
            Storage storage) {
        MetricsRoutes routes = new MetricsRoutes(live, triggers, events, search, storage);
        FiguresPages.of(routes::metrics, routes::problems)
                .forEach((path, page) -> paths.addExactPath(path, new FiguresHandler(page)));
    }

    private List<String> problems() {
        Connection redis = live.link();
        return redis.up() ? List.of() : List.of(redis.message());
    }

    private Families metrics() {
        Families families = new Families();
        families.gauge(PREFIX + "viewers", "Connections that listen to changes.", events.viewers());
        families.counter(PREFIX + "dropped_viewers", "Viewers dropped because they did not read.", events.dropped());
        store(families, "redis", live.calls());
        store(families, "solr", search.calls());
        TriggersView view = triggers.get();
        for (TriggerState trigger : view.rules()) {
            families.gauge(
                    "offerstorm_alert_active",
                    "1 while the rule has fired and is not over.",
                    trigger.phase() == TriggerState.Phase.FIRED ? 1 : 0,
                    "alert",
                    trigger.name());
        }
        for (ChannelState channel : view.channels()) {
            families.counter(
                    "offerstorm_alert_messages_sent",
                    "Messages about rules that a channel took.",
                    channel.sent(),
                    "channel",
                    channel.name());
            families.counter(
                    "offerstorm_alert_messages_given_up",
                    "Messages about rules that a channel did not take.",
                    channel.givenUp(),
                    "channel",
                    channel.name());
            families.gauge(
                    "offerstorm_alert_messages_waiting",
                    "Messages about rules that a channel did not take yet.",
                    channel.waiting(),
                    "channel",
                    channel.name());
            families.gauge(
                    "offerstorm_alert_oldest_waiting_seconds",
                    "How long the oldest message has waited; 0 while none waits.",
                    channel.waitingSeconds(System.currentTimeMillis()),
                    "channel",
                    channel.name());
        }
        Map<String, Long> offers = new TreeMap<>(storage.offers());
        offers.put("live", live.table().total()); // newer than that of the storage
        StorageMetrics.add(families, storage.stores(), offers);
        return families;
    }

    private static void store(Families families, String store, StoreCalls calls) {
        families.histogram(PREFIX + "store_call_seconds", "One reading of a store.", calls.durations(), "store", store);
        families.counter(
                PREFIX + "store_failures", "Readings of a store that failed.", calls.failures(), "store", store);
    }
}
