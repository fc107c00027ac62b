package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;

/** A start that fails leaves nothing behind, not even what the servers started. */
class StartTest {
    private static final String WORKER = "org.apache.storm.daemon.worker.Worker";

    @TempDir
    private Path temp;

    private ClusterDirectory directory;

    @BeforeEach
    void make() throws IOException {
        directory = ClusterDirectory.create(temp.resolve("cluster"));
    }

    @AfterEach
    void end() {
        WorkerProcesses.ofCluster(directory).forEach(ProcessId::kill);
    }

    @Test
    void workers_of_a_supervisor_that_was_started_end_with_it_and_older_ones_do_not() throws Exception {
        Path fresh = temp.resolve("fresh");
        List<String> lines = new ArrayList<>();
        Process old = new ProcessBuilder(worker(temp.resolve("old"))).start();
        await().until(() -> Files.exists(temp.resolve("old")));
        Start start = new Start(directory, new Launcher(directory), (server, process) -> {}, lines::add);
        Server supervisor = server("supervisor-1", worker(fresh), fresh);
        Server broken = server("broken", List.of("sh", "-c", "until test -e " + fresh + "; do sleep 0.1; done"), fresh);

        assertThatThrownBy(() -> start.run(List.of(supervisor, broken)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("broken ended instead of serving");

        assertThat(WorkerProcesses.ofCluster(directory))
                .extracting(ProcessId::pid)
                .containsExactly(old.pid());
        assertThat(new Launcher(directory).last(supervisor)).isEmpty();
        assertThat(lines).containsExactly("Ending what was started.");
    }

    /** If the command is a worker: one that starts it, as a Supervisor does, and then sleeps. */
    private Server server(String name, List<String> command, Path ready) throws IOException {
        List<String> words = command.contains(WORKER) ? java(temp.resolve("parent"), command) : command;
        return new Server(
                name, List.of(freePort()), words, directory.resolve(name), Map.of(), () -> {}, () -> assertThat(ready)
                        .exists());
    }

    private List<String> worker(Path file) {
        List<String> words = java(file, List.of(WORKER, "offers-1-1", "id", "1", "2", "3"));
        words.add(1, "-Dstorm.home=" + directory.resolve("storm"));
        return words;
    }

    private static List<String> java(Path file, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-cp",
                StartTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath(),
                Sleeper.class.getName(),
                file.toString()));
        words.addAll(arguments);
        return words;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts the command behind its file's name if that is a program, makes the file, and sleeps. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] words) throws Exception {
            List<String> command = List.of(words).subList(1, words.length);
            if (command.get(0).startsWith("/")) {
                Process child = new ProcessBuilder(command).start();
                assert child.isAlive();
            }
            Files.createFile(Path.of(words[0]));
            Thread.sleep(600_000);
        }
    }
}
