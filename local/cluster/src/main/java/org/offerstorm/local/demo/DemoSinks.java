package org.offerstorm.local.demo;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.sink.SetupStep;
import org.offerstorm.core.sink.SinkKind;
import org.offerstorm.sinks.Sinks;
import org.offerstorm.sinks.postgres.Postgres;

/** Which sinks a demo has: the usual ones, from which it shows the table, and others if the user names them. */
public final class DemoSinks {
    private DemoSinks() {}

    /**
     * Checks the names that a user gave; none are the usual ones.
     *
     * @throws Failure if one means nothing, or a usual one is missing
     */
    public static void check(List<String> names) {
        List<String> all = Sinks.ALL.stream().map(SinkKind::name).toList();
        for (String name : names) {
            if (!all.contains(name)) {
                throw Failure.usage("--sinks: there is no sink '" + name + "'; choose from " + String.join(", ", all));
            }
        }
        for (SinkKind<?> kind : Sinks.ALL) {
            if (!names.isEmpty() && kind.isDefault() && !names.contains(kind.name())) {
                throw Failure.usage("--sinks is without " + kind.name()
                        + ", which the demo shows; name hdfs, solr and redis, and what you want besides");
            }
        }
    }

    static boolean havePostgres(List<String> names) {
        return names.contains(Postgres.KIND.name());
    }

    /** {@code HDFS, Solr and Redis}. */
    static String titles(List<String> names) {
        List<String> titles = Sinks.ALL.stream()
                .filter(kind -> names.isEmpty() ? kind.isDefault() : names.contains(kind.name()))
                .map(SinkKind::title)
                .collect(Collectors.toList());
        String last = titles.remove(titles.size() - 1);
        return String.join(", ", titles) + " and " + last;
    }

    /**
     * Makes what the sinks need that only some demos have; the servers of the usual ones come with it.
     *
     * @throws IOException if it cannot be made
     */
    static void setUp(OfferstormConfig config) throws IOException {
        for (SinkKind<?> kind : Sinks.LIGHTEST_FIRST) {
            if (config.sinks().contains(kind) && !kind.isDefault()) {
                for (SetupStep step : config.bound(kind).setup()) {
                    step.make();
                }
            }
        }
    }
}
