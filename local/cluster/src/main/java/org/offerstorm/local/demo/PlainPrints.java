package org.offerstorm.local.demo;

import java.util.Map;
import org.offerstorm.tools.report.CountTable;

/**
 * When the table is printed where it cannot be redrawn in place: every few seconds while it changes, and again when the
 * records that it said to be on their way are durable. One thread.
 */
final class PlainPrints {
    private static final int EVERY = 9;

    private CountTable printed = CountTable.of(Map.of());
    private boolean saidBehind;
    private int untilNext;

    /**
     * Whether it is printed at this look.
     *
     * @param behind records that are on their way
     */
    boolean isDue(CountTable table, long behind) {
        boolean changed = --untilNext < 0 && !table.equals(printed);
        if (!changed && !(saidBehind && behind == 0)) {
            return false;
        }
        untilNext = EVERY;
        printed = table;
        saidBehind = behind > 0;
        return true;
    }
}
