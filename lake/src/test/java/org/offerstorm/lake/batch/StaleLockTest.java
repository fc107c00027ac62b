package org.offerstorm.lake.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.EmbeddedHdfs;

/** Several commands that start at once and find the lock of one that was killed, on a real HDFS. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StaleLockTest {
    private static final int COMMANDS = 4;
    private static final int ROUNDS = 60;

    @TempDir
    private Path directory;

    @Test
    void at_most_one_of_many_gets_it() throws Exception {
        ExecutorService commands = Executors.newFixedThreadPool(COMMANDS);
        try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(directory.resolve("hdfs"), 0)) {
            String warehouse = hdfs.uri() + "/lake";
            for (int round = 0; round < ROUNDS; round++) {
                killedBefore(warehouse);
                CyclicBarrier together = new CyclicBarrier(COMMANDS);
                List<Future<Optional<LakeLock>>> takers = new ArrayList<>();
                for (int i = 0; i < COMMANDS; i++) {
                    takers.add(commands.submit(() -> {
                        together.await();
                        return take(warehouse);
                    }));
                }
                List<LakeLock> taken = new ArrayList<>();
                for (Future<Optional<LakeLock>> taker : takers) {
                    taker.get().ifPresent(taken::add);
                }
                assertThat(taken).as("holders in round %d", round).hasSizeLessThan(2);
                taken.forEach(LakeLock::close);
                // Nobody has it if each of them found another one that was just starting.
                assertThat(take(warehouse)).as("round %d", round).hasValueSatisfying(LakeLock::close);
            }
        } finally {
            commands.shutdownNow();
        }
    }

    @Test
    void one_that_is_deleted_while_it_is_taken_stops_nobody() throws Exception {
        ExecutorService deleter = Executors.newSingleThreadExecutor();
        try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(directory.resolve("hdfs"), 0)) {
            String warehouse = hdfs.uri() + "/lake";
            AtomicBoolean ended = new AtomicBoolean();
            Future<Integer> deleted = deleter.submit(() -> delete(warehouse, ended));
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(take(warehouse)).as("round %d", round).hasValueSatisfying(LakeLock::close);
            }
            ended.set(true);
            assertThat(deleted.get()).isPositive();
        } finally {
            deleter.shutdownNow();
        }
    }

    private static int delete(String warehouse, AtomicBoolean ended) throws Exception {
        org.apache.hadoop.fs.Path lock = new org.apache.hadoop.fs.Path(warehouse, "_lock");
        int deleted = 0;
        try (FileSystem files = FileSystem.newInstance(lock.toUri(), new Configuration())) {
            while (!ended.get()) {
                deleted += files.delete(lock, false) ? 1 : 0;
            }
        }
        return deleted;
    }

    private static Optional<LakeLock> take(String warehouse) throws Exception {
        try {
            return Optional.of(LakeLock.take(warehouse, ownClient(), "run"));
        } catch (LakeLock.Locked e) {
            return Optional.empty();
        }
    }

    private static void killedBefore(String warehouse) throws Exception {
        org.apache.hadoop.fs.Path lock = new org.apache.hadoop.fs.Path(warehouse, "_lock");
        try (FileSystem files = FileSystem.newInstance(lock.toUri(), new Configuration());
                FSDataOutputStream out = files.create(lock)) {
            String owner = "run 999999999 " + InetAddress.getLocalHost().getHostName() + " 2026-11-30T08:00:00Z id";
            out.write(owner.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Each process has one. */
    private static Configuration ownClient() {
        Configuration configuration = new Configuration();
        configuration.setBoolean("fs.hdfs.impl.disable.cache", true);
        return configuration;
    }
}
