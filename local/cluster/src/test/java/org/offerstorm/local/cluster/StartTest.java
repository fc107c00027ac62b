package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.FreePorts;

/** A start that fails leaves nothing behind, not even what the servers started. */
class StartTest {
    private static final String WORKER = "org.apache.storm.daemon.worker.Worker";
    /** Patience with servers that come up: more than a pause of the whole machine. */
    private static final Duration LONGER_THAN_A_PAUSE = Duration.ofSeconds(6);

    @TempDir
    private Path temp;

    private final List<Server> servers = new ArrayList<>();
    private ClusterDirectory directory;

    @BeforeEach
    void make() throws IOException {
        directory = ClusterDirectory.create(temp.resolve("cluster"));
    }

    @AfterEach
    void end() {
        WorkerProcesses.ofCluster(directory).forEach(ProcessId::kill);
        servers.forEach(this::kill);
    }

    @Test
    void workers_of_a_supervisor_that_was_started_end_with_it_and_older_ones_do_not() throws Exception {
        Path fresh = temp.resolve("fresh");
        List<String> lines = new ArrayList<>();
        Process old = new ProcessBuilder(worker(temp.resolve("old"))).start();
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(temp.resolve("old")));
        Start start =
                new Start(directory, new Launcher(directory), Start.PATIENCE, (server, process) -> {}, lines::add);
        Server supervisor = server("supervisor-1", worker(fresh), fresh);
        // It ends when it has been started, which its run file shows, and not before.
        String untilFresh =
                "until test -e " + fresh + " -a -s " + directory.resolve("run/broken") + "; do sleep 0.1; done";
        Server broken = server("broken", List.of("sh", "-c", untilFresh), fresh);

        assertThatThrownBy(() -> start.run(List.of(supervisor, broken)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("broken ended instead of serving");

        assertThat(WorkerProcesses.ofCluster(directory))
                .extracting(ProcessId::pid)
                .containsExactly(old.pid());
        assertThat(new Launcher(directory).last(supervisor)).isEmpty();
        assertThat(lines).containsExactly("Ending what was started.");
    }

    @Test
    void a_slow_server_takes_longer_than_the_patience_and_comes_up() throws Exception {
        int port = FreePorts.one();
        Path log = directory.log("slow");
        // Steps of half a second; each is slow because the process is stopped for most of it, as on a busy machine.
        Server slow = listening(
                "slow",
                port,
                "for step in a b c d e f g h i j k l m n; do echo step $step; sleep 0.5; done; touch " + temp + "/up");
        Thread brake = brake(slow);
        long begin = System.nanoTime();

        new Start(directory, new Launcher(directory), LONGER_THAN_A_PAUSE, (server, process) -> {}, line -> {})
                .run(List.of(slow));

        brake.interrupt();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(LONGER_THAN_A_PAUSE);
        assertThat(Files.readString(log)).contains("step n");
    }

    /** As of a killed process whose last thread has not ended: it is no longer listed, but its port is not free. */
    @Test
    void a_port_that_nobody_is_seen_to_have_is_waited_for() throws Exception {
        int port = FreePorts.one();
        try (Socket dying = new Socket()) {
            dying.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            CompletableFuture<Void> gone = CompletableFuture.runAsync(
                    () -> {
                        try {
                            dying.close();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));

            int started = new Start(
                            directory, new Launcher(directory), Start.PATIENCE, (server, process) -> {}, line -> {})
                    .run(List.of(listening("successor", port, "touch " + temp + "/up")));

            assertThat(started).isEqualTo(1);
            gone.join();
        }
    }

    @Test
    void a_server_that_hangs_is_given_up_within_the_patience_with_the_reason() throws Exception {
        Server dead = listening("dead", FreePorts.one(), "echo waiting for nobody; sleep 600");
        long begin = System.nanoTime();

        assertThatThrownBy(() -> new Start(
                                directory,
                                new Launcher(directory),
                                Duration.ofSeconds(2),
                                (server, process) -> {},
                                line -> {})
                        .run(List.of(dead)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("dead does not serve: no progress for 2 s (it does not listen on port ")
                .hasMessageContaining("--wait")
                .hasMessageContaining("waiting for nobody");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        assertThat(new Launcher(directory).last(dead)).isEmpty();
    }

    @Test
    void a_server_that_waits_for_a_slow_one_is_not_given_up() throws Exception {
        Server first = listening(
                "first",
                FreePorts.one(),
                "for step in a b c d e f g h; do echo step $step; sleep 1; done; touch " + temp + "/up");
        // It takes its time after the other one serves, when nothing else moves.
        Server second = listening(
                "second", FreePorts.one(), "until test -e " + temp + "/first-listens; do sleep 0.1; done; sleep 1.5");

        assertThat(new Start(
                                directory,
                                new Launcher(directory),
                                LONGER_THAN_A_PAUSE,
                                (server, process) -> {},
                                line -> {})
                        .run(List.of(first, second)))
                .isEqualTo(2);
    }

    /** A shell that does this and then listens, until the test ends. */
    private Server listening(String name, int port, String script) {
        String listen = "'"
                + String.join("' '", java(temp.resolve(name + "-listens"), List.of("listen", Integer.toString(port))))
                + "'";
        Server server = new Server(
                name,
                List.of(port),
                List.of("sh", "-c", script + "; exec " + listen),
                directory.resolve(name),
                Map.of(),
                () -> {},
                () -> mustExist(temp.resolve(name + "-listens")));
        servers.add(server);
        return server;
    }

    /** Not healthy yet is an exception to wait through: the port listens a moment before the file is there. */
    private static void mustExist(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
    }

    private void kill(Server server) {
        try {
            new Launcher(directory).last(server).ifPresent(ProcessId::kill);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the server's shell run for a tenth of each half second. */
    private Thread brake(Server server) {
        Thread brake = new Thread(() -> {
            try {
                while (true) {
                    Optional<ProcessId> process = new Launcher(directory).last(server);
                    if (process.isPresent()) {
                        signal(process.get(), "STOP");
                        Thread.sleep(400);
                        signal(process.get(), "CONT");
                    }
                    Thread.sleep(100);
                }
            } catch (InterruptedException | IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        brake.setDaemon(true);
        brake.start();
        return brake;
    }

    private static void signal(ProcessId process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** If the command is a worker: one that starts it, as a Supervisor does, and then sleeps. */
    private Server server(String name, List<String> command, Path ready) {
        List<String> words = command.contains(WORKER) ? java(temp.resolve("parent"), command) : command;
        return new Server(
                name,
                List.of(FreePorts.one()),
                words,
                directory.resolve(name),
                Map.of(),
                () -> {},
                () -> mustExist(ready));
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

    /** Starts the command behind its file's name if that is a program, or listens, makes the file, and sleeps. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] words) throws Exception {
            List<String> command = List.of(words).subList(1, words.length);
            if (command.get(0).startsWith("/")) {
                Process child = new ProcessBuilder(command).start();
                assert child.isAlive();
            }
            if (command.get(0).equals("listen")) {
                listen(Integer.parseInt(command.get(1)));
            }
            Files.createFile(Path.of(words[0]));
            Thread.sleep(600_000);
        }

        /** Takes every connection: a server with a full backlog, because it was stopped here, would seem not to listen. */
        private static void listen(int port) throws IOException {
            ServerSocket listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> {
                while (true) {
                    try {
                        listener.accept().close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }
}
