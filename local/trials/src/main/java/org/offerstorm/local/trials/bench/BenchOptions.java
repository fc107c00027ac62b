package org.offerstorm.local.trials.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What a user has chosen.
 *
 * @param sinks {@code none}, {@code all}, or names separated by commas
 * @param workers processes of the topology
 * @param seed of the offers
 * @param settings of the topology, {@code KEY=VALUE}
 * @param directory of the cluster; absolute
 */
public record BenchOptions(String sinks, int workers, long seed, List<String> settings, Path directory) {
    public BenchOptions {
        settings = List.copyOf(settings);
    }
}
