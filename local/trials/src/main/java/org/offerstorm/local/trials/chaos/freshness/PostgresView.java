package org.offerstorm.local.trials.chaos.freshness;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.postgres.PostgresConfig;
import org.offerstorm.sinks.postgres.PostgresCoverage;

/** PostgreSQL stores up to where it has each partition without a gap. */
final class PostgresView implements SinkView {
    private final PostgresCoverage postgres;
    private final Source source;

    PostgresView(PostgresConfig config, Source source) {
        this.postgres = new PostgresCoverage(config);
        this.source = source;
    }

    @Override
    public String sink() {
        return "postgres";
    }

    @Override
    public boolean holds(List<List<Markers.Marker>> markers) throws IOException {
        Map<Integer, Long> coverage = postgres.coverage(source);
        return markers.stream()
                .map(those -> those.get(0))
                .allMatch(marker -> coverage.getOrDefault(marker.partition(), 0L) > marker.offset());
    }

    @Override
    public void close() {
        postgres.close();
    }
}
