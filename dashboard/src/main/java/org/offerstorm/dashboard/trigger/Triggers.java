package org.offerstorm.dashboard.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.trigger.HealthRule;
import org.offerstorm.core.trigger.TriggerRule;
import org.offerstorm.dashboard.live.LastMinute;
import org.offerstorm.dashboard.live.LiveTable;
import org.offerstorm.dashboard.live.Move;
import org.offerstorm.dashboard.live.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the rules: each fires once when its condition starts to hold, and again only after it has ended. Those on the table
 * are checked on the thread of the reader of Redis, after every update and once a second; those on the pipeline by whoever
 * measures it, always the same thread. Any thread may call {@link #states}.
 */
public final class Triggers {
    private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);

    private final LiveTable live;
    private final Consumer<TriggerEvent> told;
    private final List<Watch> watches = new ArrayList<>();

    /**
     * Starts watching.
     *
     * @param rules name to rule
     * @param told called with each event, on the thread that checks the rule; must not wait
     * @throws IllegalArgumentException if a rule is invalid
     */
    public Triggers(Map<String, String> rules, LiveTable live, Consumer<TriggerEvent> told) {
        this.live = live;
        this.told = told;
        rules.forEach((name, text) -> watches.add(new Watch(name, text, live.now())));
        if (!watches.isEmpty()) {
            live.onChange(this::look);
        }
    }

    /** The state of each rule, in the order of the configuration. */
    public List<TriggerState> states() {
        return watches.stream().map(Watch::state).toList();
    }

    /** Whether any of the rules is about the pipeline. */
    public boolean watchHealth() {
        return watches.stream().anyMatch(watch -> watch.rule() instanceof HealthRule);
    }

    /**
     * Checks the rules on the pipeline. Always the same thread.
     *
     * @param now milliseconds since 1970
     */
    public void look(HealthFigures figures, long now) {
        for (Watch watch : watches) {
            if (watch.rule() instanceof HealthRule rule) {
                OptionalLong measured = figures.measure(rule);
                if (measured.isPresent()) {
                    tell(watch.measured(measured.getAsLong(), now));
                } else {
                    watch.unknown(now);
                }
            }
        }
    }

    private void look() {
        long now = live.now();
        boolean known = live.link().up();
        for (Watch watch : watches) {
            if (watch.rule() instanceof TriggerRule rule) {
                if (known) {
                    tell(watch.measured(measure(rule, live.table(), live.lastMinute()), now));
                } else {
                    watch.unknown(now);
                }
            }
        }
    }

    /** @param event null: nothing happened */
    private void tell(TriggerEvent event) {
        if (event == null) {
            return;
        }
        if (event.fired()) {
            LOG.warn("{}", event.text());
        } else {
            LOG.info("{}", event.text());
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
