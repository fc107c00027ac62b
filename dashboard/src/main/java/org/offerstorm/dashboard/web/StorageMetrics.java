package org.offerstorm.dashboard.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.sink.StoreStatistics.Figure;
import org.offerstorm.core.sink.StoreStatistics.Unit;
import org.offerstorm.dashboard.storage.StoreView;
import org.offerstorm.sinks.changes.Changes;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.tools.figures.Families;

/** What the stores hold, as metrics: what {@code /api/storage} has. Of a store that does not answer there are no figures. */
final class StorageMetrics {
    private static final String STORE = "store";
    private static final String PART = "part";
    private static final String TOPIC = "topic";
    private static final String BYTES = "_bytes";
    private static final String RECORDS = "_records";
    /** Their figures are those of topics. */
    private static final Set<String> LOGS = Set.of("kafka", Changes.KIND.name());
    /** How the figures of Redis that count offers begin; they have a name for themselves. */
    private static final String OFFERS = "offers_";

    private StorageMetrics() {}

    /** @param offers by their state */
    static void add(Families families, List<StoreView> stores, Map<String, Long> offers) {
        for (StoreView store : stores) {
            if (store.state() == StoreView.State.KNOWN || store.state() == StoreView.State.UNKNOWN) {
                families.gauge(
                        "offerstorm_store_answers",
                        "1 while the store answers the question how much it holds, else 0.",
                        store.state() == StoreView.State.KNOWN ? 1 : 0,
                        STORE,
                        store.name());
            }
            store.bytes()
                    .ifPresent(bytes ->
                            families.gauge("offerstorm_store_bytes", "Size of the store.", bytes, STORE, store.name()));
            if (store.state() == StoreView.State.KNOWN) {
                figures(families, store);
            }
        }
        offers.forEach((state, number) ->
                families.gauge("offerstorm_offers", "Offers by their state.", number, "state", state));
    }

    private static void figures(Families families, StoreView store) {
        boolean isSize = true;
        for (Figure figure : store.statistics().orElseThrow().figures()) {
            if (figure.unit() == Unit.BYTES && isSize) {
                isSize = false;
            } else if (LOGS.contains(store.name())) {
                topic(families, figure);
            } else if (figure.unit() == Unit.BYTES) {
                families.gauge(
                        "offerstorm_store_part_bytes",
                        "Size of a part of the store.",
                        figure.value(),
                        STORE,
                        store.name(),
                        PART,
                        without(figure.name(), BYTES));
            } else if (!isOfOffers(store, figure)) {
                families.gauge(
                        "offerstorm_store_items",
                        "Documents, rows, files or segments in the store.",
                        figure.value(),
                        STORE,
                        store.name(),
                        PART,
                        figure.name());
            }
        }
    }

    private static boolean isOfOffers(StoreView store, Figure figure) {
        return store.name().equals(Redis.KIND.name()) && figure.name().startsWith(OFFERS);
    }

    private static void topic(Families families, Figure figure) {
        if (figure.unit() == Unit.BYTES) {
            families.gauge(
                    "offerstorm_topic_bytes",
                    "Size of one copy of the topic.",
                    figure.value(),
                    TOPIC,
                    without(figure.name(), BYTES));
        } else {
            families.gauge(
                    "offerstorm_topic_records",
                    "Offsets from the topic's beginning to its end.",
                    figure.value(),
                    TOPIC,
                    without(figure.name(), RECORDS));
        }
    }

    private static String without(String name, String ending) {
        return name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    }
}
