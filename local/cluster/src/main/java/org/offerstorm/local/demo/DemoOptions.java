package org.offerstorm.local.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a demo does.
 *
 * @param dataDirectory holds everything that it writes
 * @param fresh delete what an earlier demo left there
 * @param offers file of offers
 * @param mapping how its records become offers, as the option source.mapping has it
 * @param professions reference table
 * @param exitWhenDone compare the three stores and end, instead of staying up
 * @param partitions of the topic; {@link #ANY_PARTITIONS} if it does not matter
 * @param patience how long the start may make no progress
 * @param sinks names of the sinks, or empty for the usual ones
 * @param lake run the batch layer over what was produced
 * @param ports of its servers
 */
public record DemoOptions(
        Path dataDirectory,
        boolean fresh,
        Path offers,
        String mapping,
        Path professions,
        boolean exitWhenDone,
        int partitions,
        Duration patience,
        List<String> sinks,
        boolean lake,
        DemoPorts ports) {
    /** As many as the topic has, else the usual number. */
    public static final int ANY_PARTITIONS = Pipeline.ANY_PARTITIONS;

    public DemoOptions {
        sinks = List.copyOf(sinks);
    }
}
