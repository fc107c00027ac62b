package org.offerstorm.local.trials.chaos;

import java.io.IOException;
import java.util.Map;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.tools.setup.Lag;

/** How much input the successor of a killed worker reads again, at most. */
final class Reread {
    private Reread() {}

    /**
     * Asks for the committed offsets, which do not move until the successor commits.
     *
     * @param ends of each partition the end at the kill
     * @param rate records a second
     * @return seconds of input
     * @throws IOException if Kafka does not answer
     */
    static double seconds(SourceConfig source, Map<Integer, Long> ends, int rate) throws IOException {
        try (Lag lag = new Lag(source)) {
            long records = 0;
            for (Lag.Partition partition : lag.partitions()) {
                records += Math.max(0, ends.getOrDefault(partition.partition(), 0L) - partition.floor());
            }
            return (double) records / rate;
        }
    }
}
