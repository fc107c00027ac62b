package org.offerstorm.dashboard.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.trigger.TriggerRule;
import org.offerstorm.dashboard.live.LastMinute;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.live.Move;
import org.offerstorm.dashboard.live.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the rules: each fires once when its condition starts to hold, and again only after it has ended. It checks on
 * the thread of the reader of Redis, after every update and once a second; any thread may call {@link #states}.
 */
public final class Triggers {
    private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);

    private final LiveTable live;
    private final Consumer<TriggerEvent> told;
    private final List<Watch> watches = new ArrayList<>();
    private volatile List<TriggerState> states;

    /**
     * Starts watching.
     *
     * @param rules name to rule
     * @param told called with each event, on the reader's thread; must not wait
     * @throws IllegalArgumentException if a rule is invalid
     */
    public Triggers(Map<String, String> rules, LiveTable live, Consumer<TriggerEvent> told) {
        this.live = live;
        this.told = told;
        rules.forEach((name, text) -> watches.add(new Watch(name, text, live.now())));
        this.states = statesNow();
        if (!watches.isEmpty()) {
            live.onChange(this::look);
        }
    }

    /** The state of each rule, in the order of the configuration. */
    public List<TriggerState> states() {
        return states;
    }

    private void look() {
        long now = live.now();
        boolean known = live.link().up();
        for (Watch watch : watches) {
            if (known) {
                TriggerEvent event = watch.measured(measure(watch.rule(), live.table(), live.lastMinute()), now);
                if (event != null) {
                    tell(event);
                }
            } else {
                watch.unknown(now);
            }
        }
        states = statesNow();
    }

    private List<TriggerState> statesNow() {
        return watches.stream().map(Watch::state).toList();
    }

    private void tell(TriggerEvent event) {
        if (event.fired()) {
            LOG.warn("Trigger {} fired: {}, it is {}", event.name(), event.rule(), event.value());
        } else {
            LOG.info("Trigger {} is over: {}, it is {}", event.name(), event.rule(), event.value());
        }
        told.accept(event);
    }

    static long measure(TriggerRule rule, Table table, LastMinute minute) {
        long sum = 0;
        switch (rule.measure()) {
            case COUNT -> {
                for (Map.Entry<Cell, Long> cell : table.counts().entrySet()) {
                    sum += rule.concerns(cell.getKey()) ? cell.getValue() : 0;
                }
            }
            case RATE -> {
                if (rule.concernsAll()) {
                    return minute.total(); // corrections in place too, which move no cell
                }
                for (Map.Entry<Cell, Move> cell : minute.cells().entrySet()) {
                    sum += rule.concerns(cell.getKey()) ? cell.getValue().all() : 0;
                }
            }
            case CHANGE -> {
                for (Map.Entry<Cell, Move> cell : minute.cells().entrySet()) {
                    sum += rule.concerns(cell.getKey()) ? cell.getValue().net() : 0;
                }
            }
        }
        return sum;
    }
}
