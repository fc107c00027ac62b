package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.cluster.WorkerProcesses.Worker;
import org.offerstorm.local.servers.Proc;

/** What is taken for a worker, with a shell that has a worker's command line. */
final class WorkerProcessesTest {
    @TempDir
    Path directory;

    @Test
    void process_that_a_worker_is_about_to_start_is_no_worker() throws IOException {
        ClusterDirectory cluster = ClusterDirectory.create(directory);
        Process worker = new ProcessBuilder(
                        "bash",
                        "-c",
                        "(read -r word); read -r word", // brackets: another process with the same command line
                        "-Dstorm.home=" + cluster.resolve("storm"),
                        "org.apache.storm.daemon.worker.Worker",
                        "offers-1-1700000000",
                        "supervisor's id",
                        "6628",
                        "6700",
                        "worker's id")
                .start();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> worker.children().count() == 1);
            long child = worker.children().findFirst().orElseThrow().pid();
            assertThat(Proc.commandLine(child)).isEqualTo(Proc.commandLine(worker.pid()));

            assertThat(WorkerProcesses.of(cluster))
                    .extracting(each -> each.process().pid(), Worker::name, Worker::topology)
                    .containsExactly(tuple(worker.pid(), "worker-6700", "offers"));
        } finally {
            worker.descendants().forEach(ProcessHandle::destroyForcibly);
            worker.destroyForcibly().onExit().join();
        }
        assertThat(WorkerProcesses.of(cluster)).isEmpty();
    }
}
