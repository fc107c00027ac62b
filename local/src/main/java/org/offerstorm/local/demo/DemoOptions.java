package org.offerstorm.local.demo;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a demo shall do.
 *
 * @param dataDirectory holds everything that it writes
 * @param fresh delete what an earlier demo left there
 * @param offers file of offers, or null for the samples
 * @param professions reference table, or null for the one of the samples
 * @param exitWhenDone compare the three stores and end, in place of staying up
 * @param partitions of the topic, when it is made
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
