package org.offerstorm.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

final class EmbeddedRedisTest {
    @TempDir
    Path directory;

    @Test
    void answers_on_a_free_port_of_the_loopback_only_and_keeps_everything_in_its_directory() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
                Jedis jedis = client(redis)) {
            assertThat(jedis.ping()).isEqualTo("PONG");
            assertThat(jedis.configGet("bind")).containsValue("127.0.0.1");
            assertThat(jedis.configGet("dir"))
                    .containsValue(directory.toRealPath().toString());
            assertThat(jedis.configGet("appendfsync")).containsValue("always");
            assertThat(jedis.configGet("maxmemory-policy")).containsValue("noeviction");
        }
    }

    @Test
    void directory_may_have_any_name() throws IOException {
        Path odd = directory.resolve("a \"b' ü $(x)");
        try (EmbeddedRedis redis = EmbeddedRedis.start(odd, 0);
                Jedis jedis = client(redis)) {
            jedis.set("k", "v");
            assertThat(odd.resolve("redis.log")).exists();
        }
    }

    @Test
    void data_survive_a_restart_and_the_process_does_not_survive_close() throws IOException {
        long pid;
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
                Jedis jedis = client(redis)) {
            pid = redis.pid();
            jedis.set("k", "v");
        }
        assertThat(isRunning(pid)).isFalse();
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0);
                Jedis jedis = client(redis)) {
            assertThat(jedis.get("k")).isEqualTo("v");
        }
    }

    @Test
    void orphan_of_the_same_directory_is_ended_and_its_data_are_kept() throws IOException {
        EmbeddedRedis orphan = EmbeddedRedis.start(directory, 0);
        try (Jedis jedis = client(orphan)) {
            jedis.set("k", "v");
        }
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, orphan.port()); // its port is free again too
                Jedis jedis = client(redis)) {
            assertThat(isRunning(orphan.pid())).isFalse();
            assertThat(jedis.get("k")).isEqualTo("v");
        }
        orphan.close(); // has ended: nothing to do
    }

    /** The kernel shows a killed process as ended while its other threads still hold the port. */
    @RepeatedTest(10)
    @EnabledOnOs(OS.LINUX)
    void a_killed_one_has_given_its_port_back_when_it_counts_as_ended() throws IOException {
        try (EmbeddedRedis killed = EmbeddedRedis.start(directory, 0)) {
            RedisProcess process = RedisProcess.named(directory.resolve("redis.pid"), directory)
                    .orElseThrow();
            ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
            while (process.isAlive()) {
                Thread.onSpinWait();
            }
            try (ServerSocket again = new ServerSocket()) {
                again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), killed.port()));
            }
        }
    }

    @Test
    void redis_of_another_directory_is_left_alone() throws IOException {
        Path mine = Files.createDirectories(directory.resolve("mine"));
        try (EmbeddedRedis other = EmbeddedRedis.start(directory.resolve("other"), 0)) {
            Files.writeString(mine.resolve("redis.pid"), other.pid() + "\n");
            try (EmbeddedRedis redis = EmbeddedRedis.start(mine, 0);
                    Jedis jedis = client(other)) {
                assertThat(redis.pid()).isNotEqualTo(other.pid());
                assertThat(jedis.ping()).isEqualTo("PONG");
            }
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void stranger_with_the_pid_of_the_file_is_left_alone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60")
                .directory(directory.toFile()) // even at work in the same directory
                .start();
        try {
            for (String pid : List.of(stranger.pid() + "\n", "", "no number", "999999999")) {
                Files.writeString(directory.resolve("redis.pid"), pid);
                EmbeddedRedis.start(directory, 0).close();
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void runs_in_its_own_session() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(directory, 0)) {
            assertThat(session(redis.pid()))
                    .isNotEqualTo(session(ProcessHandle.current().pid()));
        }
    }

    @Test
    void taken_port_is_reported() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> EmbeddedRedis.start(directory, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void missing_library_is_reported() throws IOException {
        Path broken = directory.resolve("redis-server");
        Files.writeString(broken, """
                #!/bin/sh
                echo 'error while loading shared libraries: libssl.so.3: cannot open shared object file' >&2
                exit 127
                """);
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> EmbeddedRedis.start(directory, 0, broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("libssl.so.3")
                .hasMessageContaining("needs OpenSSL 3")
                .hasMessageContaining("-Dofferstorm.redis-server=");
    }

    /** Patient, because each write waits for the disk. */
    private static Jedis client(EmbeddedRedis redis) {
        return new Jedis(URI.create(redis.uri()), 60_000);
    }

    /** Ended processes that nobody reaped (init of a container) do not count. */
    private static boolean isRunning(long pid) {
        return Proc.stat(pid).map(stat -> !stat.isEnded()).orElseGet(() -> ProcessHandle.of(pid)
                .isPresent());
    }

    private static String session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
    }
}
