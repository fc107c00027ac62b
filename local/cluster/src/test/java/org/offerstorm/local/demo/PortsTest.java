package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.FreePorts;

class PortsTest {
    @TempDir
    private Path temp;

    @Test
    void are_those_of_the_last_run_if_still_free() throws Exception {
        Path file = temp.resolve("ports");
        assertThat(new Ports(file, Map.of()).of("kafka")).isEqualTo(Ports.ANY);
        int port;
        try (ServerSocket other = listen()) {
            port = other.getLocalPort();
            new Ports(file, Map.of()).remember("kafka", port);
            assertThat(new Ports(file, Map.of()).of("kafka"))
                    .as("taken by another")
                    .isEqualTo(Ports.ANY);
        }

        assertThat(new Ports(file, Map.of()).of("kafka")).isEqualTo(port);
        assertThat(new Ports(file, Map.of()).of("redis")).isEqualTo(Ports.ANY);
    }

    @Test
    void one_of_the_last_run_that_is_taken_before_the_server_listens_is_replaced() throws Exception {
        Ports ports = new Ports(temp.resolve("ports"), Map.of());
        int last = FreePorts.one();
        ports.remember("solr", last);
        List<Integer> tried = new ArrayList<>();
        try (ServerSocket somebody = new ServerSocket()) {
            try (ServerSocket server = ports.start("solr", port -> {
                tried.add(port);
                if (port == last) {
                    somebody.bind(new InetSocketAddress(last));
                }
                return new ServerSocket(port);
            })) {
                assertThat(tried).containsExactly(last, Ports.ANY);
                assertThat(server.getLocalPort()).isNotEqualTo(last);
            }
        }
    }

    @Test
    void one_that_the_user_asked_for_is_not_replaced() throws Exception {
        int asked = FreePorts.one();
        Ports ports = new Ports(temp.resolve("ports"), Map.of("solr", asked));
        try (ServerSocket somebody = new ServerSocket()) {
            assertThatThrownBy(() -> ports.start("solr", port -> {
                        somebody.bind(new InetSocketAddress(port));
                        return new ServerSocket(port);
                    }))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void that_the_user_asked_for_must_be_free() throws Exception {
        try (ServerSocket other = listen()) {
            Ports ports = new Ports(temp.resolve("ports"), Map.of("solr", other.getLocalPort()));

            assertThatThrownBy(() -> ports.of("solr"))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("port " + other.getLocalPort())
                    .hasMessageContaining("--solr-port");
        }
    }

    @Test
    void are_free_ones_if_the_file_was_damaged() throws Exception {
        Path file = Files.writeString(temp.resolve("ports"), "kafka=99999\nredis=x\nsolr\n");

        Ports ports = new Ports(file, Map.of());

        assertThat(ports.of("kafka")).isEqualTo(Ports.ANY);
        assertThat(ports.of("redis")).isEqualTo(Ports.ANY);
        assertThat(ports.of("solr")).isEqualTo(Ports.ANY);
    }

    private static ServerSocket listen() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
