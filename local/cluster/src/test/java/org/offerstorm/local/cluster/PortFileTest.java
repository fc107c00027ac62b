package org.offerstorm.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.FreePorts;

class PortFileTest {
    private static final List<String> NAMES =
            IntStream.range(0, 20).mapToObj(i -> "server-" + i).toList();

    @TempDir
    private Path directory;

    @Test
    void new_ports_are_free_different_and_below_those_of_outgoing_connections() throws IOException {
        PortFile ports = open(NAMES);

        assertThat(NAMES).extracting(ports::of).doesNotHaveDuplicates().allSatisfy(port -> {
            // With 10,000 more, where a worker serves its figures, still below Linux's ports for outgoing connections.
            assertThat(port).isBetween(12_000, 16_999);
            assertThat(FreePorts.isFree(port)).isTrue();
        });
    }

    @Test
    void ports_stay_also_when_names_are_added_or_a_port_is_taken() throws IOException {
        PortFile first = open(List.of("a", "b"));
        try (ServerSocket taken = new ServerSocket(first.of("a"))) {
            PortFile second = open(List.of("a", "b", "c"));

            assertThat(second.of("a")).isEqualTo(taken.getLocalPort());
            assertThat(second.of("b")).isEqualTo(first.of("b"));
            assertThat(second.of("c")).isNotIn(first.of("a"), first.of("b"));
        }
    }

    @Test
    void a_port_taken_on_any_interface_is_not_free() throws IOException {
        try (ServerSocket loopback = new ServerSocket()) {
            loopback.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertThat(FreePorts.isFree(loopback.getLocalPort())).isFalse();
        }
    }

    @Test
    void a_wrong_line_is_named() throws IOException {
        assertWrong("# fine\n\nzookeeper=15000\nredis 15001\n", "ports:4: 'redis 15001' is not name=port");
        assertWrong("redis=0\n", "ports:1: 'redis=0' is not name=port");
        assertWrong("redis=65536\n", "is not name=port");
        assertWrong("redis=15001\nsolr = 15001\n", "ports:2: port 15001 appears twice");
    }

    private void assertWrong(String text, String message) throws IOException {
        Files.writeString(directory.resolve("ports"), text);
        assertThatThrownBy(() -> open(List.of("redis")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(message);
    }

    private PortFile open(List<String> names) throws IOException {
        return PortFile.open(directory.resolve("ports"), names, new Random(7));
    }
}
