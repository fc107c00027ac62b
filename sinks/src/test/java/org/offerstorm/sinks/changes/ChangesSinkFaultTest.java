package org.offerstorm.sinks.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.local.servers.JavaCommand;
import org.offerstorm.sinks.redis.RandomLog;

/** Publishers are killed, doubled, delayed and cut off; the topic has each change once. */
final class ChangesSinkFaultTest extends ChangesFixture {
    @Test
    void of_two_publishers_that_both_live_each_change_is_published_once() throws Exception {
        ChangesSink zombie = publisher();
        ChangesSink successor = publisher();
        write(zombie, log.upsert("a", TECH).cut());
        write(successor, log.upsert("b", TECH).cut());

        String said = refused(zombie, log.upsert("c", RETAIL).cut());

        assertThat(said).contains("another publisher of group " + group());
        for (int i = 0; i < 3; i++) { // each takes it from the other
            write(zombie, log.upsert("z" + i, TECH).cut());
            write(successor, log.upsert("s" + i, RETAIL).cut());
        }
        assertThat(isRedisTable().records).hasSize(8);
    }

    @Test
    void publishers_that_compete_publish_each_change_once() throws Exception {
        List<Chunk<Change>> chunks = new RandomLog(new Random(21), 500).chunks(60, 100);
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            tasks.add(() -> {
                for (Chunk<Change> chunk : chunks) {
                    count(chunk);
                    next.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                return null;
            });
            for (int i = 0; i < 2; i++) {
                ChangesSink publisher = publisher();
                tasks.add(() -> {
                    while (next.get() < chunks.size()) {
                        publisher.write(chunks.get(0));
                    }
                    return null;
                });
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
        publish(publisher(), chunks.get(0));
        isRedisTable();
    }

    /** The idle one of two workers that both live must not take the place of the one that works. */
    @Test
    void a_publisher_that_was_replaced_stays_quiet_until_it_gets_a_chunk() throws Exception {
        ChangesSink zombie = publisher();
        write(zombie, log.upsert("a", TECH).cut());
        ChangesSink successor = publisher();
        write(successor, log.upsert("b", TECH).cut());
        count(log.upsert("c", TECH).cut());
        for (int i = 0; i < 13; i++) { // longer than it waits after a failure
            zombie.tick();
            TimeUnit.MILLISECONDS.sleep(500);
        }

        Chunk<Change> chunk = log.upsert("d", TECH).cut();
        count(chunk);

        assertThat(successor.write(chunk)).isInstanceOf(Done.class);
        isRedisTable();
    }

    @Test
    void a_publisher_killed_between_send_and_commit_has_published_nothing() throws Exception {
        Chunk<Change> chunk = log.upsert("a", TECH).upsert("b", RETAIL).cut();
        count(chunk);
        runAndKill("before");
        assertThat(published().records).isEmpty();

        publish(publisher(), chunk);

        assertThat(isRedisTable().records).hasSize(2);
    }

    @Test
    void a_publisher_killed_after_the_commit_has_published_it_once() throws Exception {
        Chunk<Change> chunk = log.upsert("a", TECH).upsert("b", RETAIL).cut();
        count(chunk);
        runAndKill("after");

        publish(publisher(), chunk);

        assertThat(isRedisTable().records).hasSize(2);
    }

    /** Starts a publisher in another process, and kills it when it is about to commit, or has just done so. */
    private void runAndKill(String when) throws Exception {
        Process process = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx200m", "-XX:TieredStopAtLevel=1"),
                        KilledPublisher.class.getName(),
                        List.of(kafka.servers(), config.topic(), REDIS.config().uri(), group(), when)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertThat(lines.lines().anyMatch(KilledPublisher.READY::equals)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_commit_whose_answer_is_lost_is_not_repeated() throws Exception {
        AtomicBoolean lose = new AtomicBoolean();
        ChangesSink sink = publisher(new InterceptedProducer.Calls() {
            @Override
            public void after(String method, Producer<byte[], byte[]> producer) {
                if (method.equals("commitTransaction") && lose.getAndSet(false)) {
                    throw new TimeoutException("the answer is lost");
                }
            }
        });
        write(sink, log.upsert("a", TECH).cut());
        Chunk<Change> chunk = log.upsert("b", TECH).cut();
        count(chunk);
        lose.set(true);

        assertThat(refused(sink, chunk)).contains("the answer is lost");
        publish(sink, chunk);

        assertThat(isRedisTable().records).hasSize(2);
    }

    @Test
    void a_transaction_that_took_too_long_is_published_again() throws Exception {
        AtomicBoolean delay = new AtomicBoolean();
        ChangesSink sink = publisher(new InterceptedProducer.Calls() {
            @Override
            public void before(String method, Producer<byte[], byte[]> producer) throws Exception {
                if (method.equals("commitTransaction") && delay.getAndSet(false)) {
                    producer.flush();
                    kafka.admin()
                            .forceTerminateTransaction(ChangesTopic.transactionalId(group()))
                            .result()
                            .get();
                }
            }
        });
        write(sink, log.upsert("a", TECH).cut());
        Chunk<Change> chunk = log.upsert("b", TECH).upsert("c", RETAIL).cut();
        count(chunk);
        delay.set(true);

        assertThat(refused(sink, chunk)).contains("took too long");
        publish(sink, chunk);

        assertThat(isRedisTable().records).hasSize(3);
    }

    /** At each step of each transaction, before or after it. */
    @Test
    void failures_at_any_step_lose_nothing_and_double_nothing() throws Exception {
        Random random = new Random(22);
        AtomicBoolean isCalm = new AtomicBoolean();
        ChangesSink sink = publisher(new InterceptedProducer.Calls() {
            @Override
            public void before(String method, Producer<byte[], byte[]> producer) {
                strike(method);
            }

            @Override
            public void after(String method, Producer<byte[], byte[]> producer) {
                strike(method);
            }

            private void strike(String method) {
                boolean isOften = !method.equals("send");
                if (!isCalm.get() && !method.equals("close") && random.nextInt(isOften ? 12 : 400) == 0) {
                    throw random.nextBoolean() ? new TimeoutException("struck") : new ProducerFencedException("struck");
                }
            }
        });
        for (Chunk<Change> chunk : new RandomLog(new Random(23), 300).chunks(60, 20)) {
            count(chunk);
            var unused = sink.write(chunk);
        }
        isCalm.set(true);
        publish(sink, log.drain());
        isRedisTable();
    }

    /** As long as a whole transaction fails in the same time, nothing would ever be published. */
    @Test
    void a_kafka_that_is_slow_gets_smaller_transactions() throws Exception {
        config = new ChangesConfig(config.topic(), config.bootstrapServers(), Map.of(), Duration.ofSeconds(2));
        ChangesSink sink = publisher(new InterceptedProducer.Calls() {
            @Override
            public void before(String method, Producer<byte[], byte[]> producer) throws Exception {
                if (method.equals("send")) {
                    TimeUnit.MILLISECONDS.sleep(2);
                }
            }
        });
        for (int i = 0; i < 10; i++) {
            for (int k = 0; k < 100; k++) {
                log.upsert(i + "/" + k, Cell.of("Category " + k, Continent.EU));
            }
            count(log.cut());
        }

        publish(sink, log.drain());

        assertThat(isRedisTable().records).hasSize(1_000);
    }

    @Test
    void without_kafka_or_redis_chunks_are_held_and_nothing_is_lost() throws Exception {
        ChangesSink sink = publisher();
        write(sink, log.upsert("a", TECH).cut());
        Chunk<Change> chunk = log.upsert("b", RETAIL).cut();
        count(chunk);
        int port = kafka.stop();
        try {
            assertThat(refused(sink, chunk)).contains("topic " + config.topic() + " at ", "Kafka is up");
            assertThat(refused(sink, chunk)).contains("topic " + config.topic() + " at ", "Kafka is up");
        } finally {
            kafka.start(port);
        }
        publish(sink, chunk);
        isRedisTable();

        REDIS.kill();
        try {
            assertThat(refused(sink, chunk)).contains("redis ", "held until it answers");
        } finally {
            REDIS.restart();
        }
        publish(sink, chunk);
        write(sink, log.delete("a").cut());
        isRedisTable();
    }
}
