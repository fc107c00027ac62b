package org.offerstorm.local.trials.chaos.freshness;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Looks whether one sink holds records, asking the server itself and not the topology. Used by one thread at a time. */
interface SinkView extends Closeable {
    /** {@code redis}, {@code changes}, {@code solr} or {@code hdfs}. */
    String sink();

    /**
     * Whether it holds one marker of each partition, durably.
     *
     * @param markers of each partition some, that with the lowest offset first
     * @throws IOException if it cannot be asked now
     */
    boolean holds(List<List<Markers.Marker>> markers) throws IOException;
}
