package org.offerstorm.local.chaos;

import java.util.List;
import java.util.function.Supplier;

/** All faults that a plan may draw. */
final class Faults {
    private static final List<Supplier<Fault>> ALL = List.of();

    private Faults() {}

    /** In the order of {@code --list}; each makes a new fault, for one step. */
    static List<Supplier<Fault>> all() {
        return ALL;
    }
}
