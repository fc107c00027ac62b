package org.offerstorm.local.demo;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a demo shall do.
 *
 * @param dataDirectory holds everything that it writes
 * @param fresh delete what an earlier demo left there
 * @param offers file of offers
 * @param professions reference table
 * @param exitWhenDone compare the three stores and end, in place of staying up
 * @param partitions of the topic; {@link Pipeline#ANY_PARTITIONS} if it does not matter
 * @param ports server's name to TCP port; without entry or 0: any
 */
public record DemoOptions(
        Path dataDirectory,
        boolean fresh,
        Path offers,
        Path professions,
        boolean exitWhenDone,
        int partitions,
        Map<String, Integer> ports) {
    public DemoOptions {
        ports = Map.copyOf(ports);
    }
}
