package org.offerstorm.local.trials.bench;

import java.nio.file.Path;
import java.util.List;
import org.offerstorm.tools.generate.Mix;

/**
 * What a user has chosen.
 *
 * @param sinks {@code none}, {@code all}, or names separated by commas
 * @param workers processes of the topology
 * @param seed of the offers
 * @param mix what the topic is made of, if the highest rate is measured
 * @param settings of the topology, {@code KEY=VALUE}
 * @param directory of the cluster; absolute
 */
public record BenchOptions(String sinks, int workers, long seed, Mix mix, List<String> settings, Path directory) {
    public BenchOptions {
        settings = List.copyOf(settings);
    }
}
