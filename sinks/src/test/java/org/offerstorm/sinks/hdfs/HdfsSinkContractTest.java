package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.SinkContext;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.sinks.contract.SinkContract;

@ExtendWith(SharedHdfs.class)
class HdfsSinkContractTest extends SinkContract {
    private Log log;

    @BeforeEach
    void directory(EmbeddedHdfs hdfs, TestInfo test) {
        log = new Log(
                hdfs.uri(), "/contract/" + test.getTestMethod().orElseThrow().getName());
    }

    @Override
    protected Sink open(SinkContext context) {
        return new HdfsSinkFactory(log.config).create(context);
    }

    @Override
    protected Map<String, Long> counts() throws IOException {
        Map<String, Long> counts = new HashMap<>();
        try (HdfsOffers offers = new HdfsOffers(log.config)) {
            offers.table().forEach((cell, count) -> counts.put(cell.key(), count));
        }
        return counts;
    }

    @Override
    protected Optional<Set<String>> liveIds() throws IOException {
        Map<String, OfferRow> newest = new HashMap<>();
        try (HdfsOffers offers = new HdfsOffers(log.config)) {
            offers.forEach(
                    row -> newest.merge(row.id(), row, (old, other) -> other.version() > old.version() ? other : old));
        }
        newest.values().removeIf(OfferRow::deleted);
        return Optional.of(new HashSet<>(newest.keySet()));
    }
}
