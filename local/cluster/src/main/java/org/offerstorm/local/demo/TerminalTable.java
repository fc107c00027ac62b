package org.offerstorm.local.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.redis.Redis;
import org.offerstorm.sinks.redis.RedisCounts;
import org.offerstorm.tools.report.CountTable;
import org.offerstorm.tools.report.TextTable;
import org.offerstorm.tools.setup.Lag;

/**
 * The table as Redis counts it, drawn again and again: in place on a terminal, else printed from time to time.
 * Used by one thread.
 */
final class TerminalTable implements AutoCloseable {
    /** Between two calls of {@link #refresh}. */
    static final Duration PERIOD = Duration.ofMillis(500);

    private static final long UNKNOWN = -1;

    private final Screen screen;
    private final RedisCounts counts;
    private final Lag lag;
    private final PlainPrints prints = new PlainPrints();
    private long behind = UNKNOWN;
    private String drawn = "";

    TerminalTable(Screen screen, OfferstormConfig config) throws IOException {
        this.screen = screen;
        this.counts = new RedisCounts(config.of(Redis.KIND));
        this.lag = new Lag(config.source());
    }

    /**
     * Reads and draws.
     *
     * @param produced records handed to Kafka so far
     * @throws IOException if Redis or Kafka does not answer
     */
    void refresh(long produced) throws IOException {
        behind = UNKNOWN;
        long offsets = lag.offsets();
        CountTable table = CountTable.of(counts.read());
        behind = offsets;
        drawn = "\n" + TextTable.render(table, screen.width()) + status(table, produced);
        if (screen.isTerminal()) {
            screen.redraw(drawn);
        } else if (prints.isDue(table, behind)) {
            screen.print(drawn);
        }
    }

    /** Leaves the table as it was last drawn on the screen for good. */
    void keep() {
        if (screen.isTerminal()) {
            screen.print(drawn);
        }
    }

    /** Records in the log that are not yet durable in all sinks, at the last look; negative before the first. */
    long behind() {
        return behind;
    }

    @Override
    public void close() {
        counts.close();
        lag.close();
    }

    private String status(CountTable table, long produced) {
        return String.format(
                Locale.ROOT,
                "%s live; %s produced, %,d on their way%n",
                Shortfall.count(table.total(), "offer"),
                Shortfall.count(produced, "record"),
                behind);
    }
}
