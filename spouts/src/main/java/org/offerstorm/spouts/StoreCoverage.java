package org.offerstorm.spouts;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.CoverageReader;

/** Asks the stores that may lose what they acked what they hold. Poller thread. */
final class StoreCoverage implements AutoCloseable {
    private final Map<String, CoverageReader> readers;
    private final LogOnce log;

    /** @param readers by the store's name; empty when no sink can lose what it acked */
    StoreCoverage(Map<String, CoverageReader> readers, LogOnce log) {
        this.readers = readers;
        this.log = log;
    }

    /** Opens each of them; they connect later. */
    static StoreCoverage of(Map<String, CoverageReader.Factory> factories, LogOnce log) {
        Map<String, CoverageReader> readers = new LinkedHashMap<>();
        factories.forEach((store, factory) -> readers.put(store, factory.create()));
        return new StoreCoverage(readers, log);
    }

    /** Of a store that cannot be asked now nothing is known. */
    CoveredOffsets read(Source source) {
        if (readers.isEmpty()) {
            return CoveredOffsets.NONE;
        }
        Map<String, Optional<Map<Integer, Long>>> stores = new LinkedHashMap<>();
        readers.forEach((store, reader) -> stores.put(store, read(store, reader, source)));
        return new CoveredOffsets(stores);
    }

    private Optional<Map<Integer, Long>> read(String store, CoverageReader reader, Source source) {
        try {
            return Optional.of(reader.coverage(source));
        } catch (IOException | RuntimeException e) {
            log.warn("Cannot compare the acked floors with what " + store + " holds: " + e.getMessage(), e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        readers.values().forEach(CoverageReader::close);
    }
}
