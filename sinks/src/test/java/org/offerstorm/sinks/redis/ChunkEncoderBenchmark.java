package org.offerstorm.sinks.redis;

import java.time.Instant;
import java.util.List;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.sinks.BenchmarkOffers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds and bytes per offer: the arguments of Redis' script. */
@State(Scope.Benchmark)
public class ChunkEncoderBenchmark {
    private static final Instant NOW = Instant.ofEpochMilli(1_795_000_001_000L);

    private final Chunk<Change> chunk = BenchmarkOffers.chunk(0);
    private final ChunkEncoder encoder = new ChunkEncoder(new RedisKeys("benchmark"), 10_000);

    @Benchmark
    @OperationsPerInvocation(BenchmarkOffers.CHUNK)
    public List<byte[]> arguments() {
        return encoder.encode(chunk, NOW);
    }
}
