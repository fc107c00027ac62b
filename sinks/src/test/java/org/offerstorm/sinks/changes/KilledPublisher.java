package org.offerstorm.sinks.changes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.offerstorm.core.model.Acked;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.redis.RedisConfig;

/** A process that publishes what Redis has, and stays before or after the commit until it is killed. */
final class KilledPublisher {
    static final String READY = "ready to be killed";

    private KilledPublisher() {}

    @SuppressWarnings({"SystemOut", "ThreadSleep"})
    public static void main(String[] args) throws Exception {
        ChangesConfig config = new ChangesConfig(args[1], args[0], Map.of(), Duration.ofSeconds(5));
        RedisConfig redis = new RedisConfig(args[2], "test", 1_000, Duration.ofSeconds(5));
        boolean isBefore = args[4].equals("before");
        ChangesTopic topic =
                new ChangesTopic(config, args[0], args[3], InterceptedProducer.with(new InterceptedProducer.Calls() {
                    @Override
                    public void before(String method, Producer<byte[], byte[]> producer) throws Exception {
                        if (isBefore && method.equals("commitTransaction")) {
                            producer.flush();
                            stay();
                        }
                    }

                    @Override
                    public void after(String method, Producer<byte[], byte[]> producer) throws Exception {
                        if (!isBefore && method.equals("commitTransaction")) {
                            stay();
                        }
                    }
                }));
        ChangesSink sink = new ChangesSink(config, args[0], redis, args[3], InstantSource.system(), topic);
        while (true) {
            var unused = sink.write(new Chunk<>(
                    new ChunkHeader(new Source("offers", "id", 1, 1), 0, 1, List.of(), List.of(), Acked.NOTHING, false),
                    List.of()));
            Thread.sleep(50);
        }
    }

    @SuppressWarnings({"SystemOut", "ThreadSleep"})
    private static void stay() throws InterruptedException {
        System.out.println(READY);
        Thread.sleep(Long.MAX_VALUE);
    }
}
