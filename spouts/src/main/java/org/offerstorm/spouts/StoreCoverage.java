package org.offerstorm.spouts;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.CoverageReader;

/** What the counters' store says it holds; absent when no sink can lose what it acked. Poller thread. */
final class StoreCoverage implements AutoCloseable {
    private final CoverageReader reader;
    private final LogOnce log;

    /** @param reader may be null */
    StoreCoverage(CoverageReader reader, LogOnce log) {
        this.reader = reader;
        this.log = log;
    }

    boolean exists() {
        return reader != null;
    }

    /** Nothing if the store cannot be asked now: then nothing is compared. */
    Optional<Map<Integer, Long>> read(Source source) {
        if (reader == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.coverage(source));
        } catch (IOException | RuntimeException e) {
            log.warn("Cannot compare the acked floors with the counters' coverage: " + e.getMessage(), e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
