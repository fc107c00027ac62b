package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.Progress;
import org.offerstorm.local.cluster.ProgressFixture;
import org.offerstorm.tools.terminal.StopRequest;

class DemoStartTest {
    private static final DiskSpace ROOM = new DiskSpace(Path.of("/data"), () -> Long.MAX_VALUE);

    private final CountDownLatch testEnds = new CountDownLatch(1);
    private final StopRequest stop = new StopRequest();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void endStarts() {
        testEnds.countDown();
    }

    @Test
    void parts_that_hang_are_named() {
        AtomicLong nanos = new AtomicLong();
        Progress progress = ProgressFixture.of(Duration.ofMillis(10), nanos::get);

        assertThatThrownBy(() -> new DemoStart(progress, false, told::add)
                        .await(
                                parts -> {
                                    parts.up(DemoServers.REDIS);
                                    parts.up(StormRun.STORM);
                                    parts.up(DemoServers.SOLR);
                                    nanos.set(Duration.ofMillis(11).toNanos());
                                    return hang();
                                },
                                stop,
                                ROOM))
                .isInstanceOf(Failure.class)
                .hasMessage("kafka, hdfs did not come up: no progress for 10 ms. If this machine is busy, wait longer"
                        + " with --wait");
        assertThat(told).containsExactly(DemoServers.REDIS, StormRun.STORM, DemoServers.SOLR);
    }

    @Test
    void does_not_wait_for_servers_when_the_end_is_asked_for() throws Exception {
        stop.request(130);

        assertThat(new DemoStart(patience(Duration.ofSeconds(60)), false, told::add)
                        .await(progress -> hang(), stop, ROOM))
                .isNull();
    }

    @Test
    void ends_when_the_disk_fills() {
        DiskSpace full = new DiskSpace(Path.of("/data"), () -> 0);

        assertThatThrownBy(() -> new DemoStart(patience(Duration.ofSeconds(60)), false, told::add)
                        .await(progress -> hang(), stop, full))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("/data is full");
    }

    @Test
    void hands_on_why_a_part_does_not_start() {
        assertThatThrownBy(() -> new DemoStart(patience(Duration.ofSeconds(60)), false, told::add)
                        .await(
                                progress -> {
                                    throw Failure.unreachable("port 7 is taken", null);
                                },
                                stop,
                                ROOM))
                .isInstanceOf(Failure.class)
                .hasMessage("port 7 is taken");
    }

    @Test
    void servers_that_are_up_are_not_called_down() {
        assertThatThrownBy(() -> new DemoStart(patience(Duration.ofSeconds(60)), false, told::add)
                        .await(
                                progress -> {
                                    List.of("redis", "storm", "kafka", "solr", "hdfs")
                                            .forEach(progress::up);
                                    throw new IOException("Kafka at 127.0.0.1:7 listens, but did not answer");
                                },
                                stop,
                                ROOM))
                .isInstanceOf(Failure.class)
                .hasMessage("the servers are up, but the topology did not start:"
                        + " Kafka at 127.0.0.1:7 listens, but did not answer");
    }

    private static Progress patience(Duration patience) {
        return Progress.ofThisProcess(List.of(), patience);
    }

    private Pipeline hang() throws IOException {
        try {
            testEnds.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("the test ends");
    }
}
