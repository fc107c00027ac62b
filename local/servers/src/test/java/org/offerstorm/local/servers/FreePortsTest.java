package org.offerstorm.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {
    @TempDir
    private Path temp;

    @Test
    void are_different_and_none_is_one_of_those_given_to_outgoing_connections() {
        List<Integer> ports = Stream.generate(FreePorts::one).limit(100).toList();

        assertThat(ports).doesNotHaveDuplicates().allSatisfy(port -> assertThat(port)
                .isBetween(12_000, 21_999));
    }

    @Test
    void a_taken_one_is_passed_over() throws Exception {
        int first = FreePorts.one();
        int next = first + 1 > 21_999 ? 12_000 : first + 1;
        try (ServerSocket taken = new ServerSocket()) {
            if (FreePorts.isFree(next)) { // else another process has taken it, which is as good
                taken.bind(new InetSocketAddress(next));
            }
            assertThat(FreePorts.one()).isNotEqualTo(next);
        }
    }

    /** A client of the stopped server would otherwise be able to take the port before it is started again. */
    @Test
    void are_where_servers_listen_that_may_be_started_again() throws Exception {
        try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start(temp.resolve("zookeeper"), 0);
                EmbeddedRedis redis = EmbeddedRedis.start(temp.resolve("redis"), 0)) {
            assertThat(zooKeeper.port()).isBetween(12_000, 21_999);
            assertThat(redis.port()).isBetween(12_000, 21_999);
        }
    }
}
