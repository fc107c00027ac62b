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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;
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
    void partsThatHangAreNamed() {
        assertThatThrownBy(() -> new DemoStart(told::add)
                        .await(
                                progress -> {
                                    progress.up(DemoServers.REDIS);
                                    progress.up(StormRun.STORM);
                                    progress.up(DemoServers.SOLR);
                                    return hang();
                                },
                                stop,
                                ROOM,
                                Duration.ofMillis(10)))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("kafka, hdfs did not come up");
        assertThat(told).containsExactly(DemoServers.REDIS, StormRun.STORM, DemoServers.SOLR);
    }

    @Test
    void doesNotWaitForServersWhenTheEndIsAskedFor() throws Exception {
        stop.request(130);

        assertThat(new DemoStart(told::add).await(progress -> hang(), stop, ROOM))
                .isNull();
    }

    @Test
    void endsWhenTheDiskFills() {
        DiskSpace full = new DiskSpace(Path.of("/data"), () -> 0);

        assertThatThrownBy(() -> new DemoStart(told::add).await(progress -> hang(), stop, full))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("/data is full");
    }

    @Test
    void handsOnWhyAPartDoesNotStart() {
        assertThatThrownBy(() -> new DemoStart(told::add)
                        .await(
                                progress -> {
                                    throw Failure.unreachable("port 7 is taken", null);
                                },
                                stop,
                                ROOM))
                .isInstanceOf(Failure.class)
                .hasMessage("port 7 is taken");
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
