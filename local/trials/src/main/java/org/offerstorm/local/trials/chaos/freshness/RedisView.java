package org.offerstorm.local.trials.chaos.freshness;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisCoverage;

/** Redis itself stores up to where it has counted each partition without a gap. */
final class RedisView implements SinkView {
    private final RedisCoverage redis;
    private final Source source;

    RedisView(RedisConfig config, Source source) {
        this.redis = new RedisCoverage(config);
        this.source = source;
    }

    @Override
    public String sink() {
        return "redis";
    }

    @Override
    public boolean holds(List<List<Markers.Marker>> markers) throws IOException {
        Map<Integer, Long> coverage = redis.coverage(source);
        return markers.stream()
                .map(those -> those.get(0))
                .allMatch(marker -> coverage.getOrDefault(marker.partition(), 0L) > marker.offset());
    }

    @Override
    public void close() {
        redis.close();
    }
}
