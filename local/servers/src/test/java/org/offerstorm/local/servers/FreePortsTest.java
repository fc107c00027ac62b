package org.offerstorm.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {
    @TempDir
    private Path temp;

    @Test
    void are_different_and_none_is_one_of_those_given_to_outgoing_connections() {
        List<Integer> ports = Stream.generate(FreePorts::one).limit(100).toList();

        assertThat(ports).doesNotHaveDuplicates().allSatisfy(port -> assertThat(port)
                .isBetween(17_000, 21_999));
    }

    /** The server may be one that a fault has stopped, in a cluster of another process. */
    @Test
    void none_is_one_that_a_server_of_a_cluster_may_want_back() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(FreePorts.neighbours(20, new Random(seed), List.of()))
                    .doesNotHaveDuplicates()
                    .allSatisfy(port -> assertThat(port).isBetween(12_000, 16_999));
        }
    }

    @Test
    void a_new_cluster_is_not_put_among_the_servers_of_another_one() throws Exception {
        int inTheMiddle = FreePorts.neighbours(30, new Random(7), List.of()).get(29);
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(inTheMiddle));

            assertThat(FreePorts.neighbours(20, new Random(7), List.of()))
                    .allSatisfy(port -> assertThat(port / 50).isNotEqualTo(inTheMiddle / 50));
        }
    }

    @Test
    void what_a_cluster_gets_later_is_near_the_rest() {
        List<Integer> first = FreePorts.neighbours(20, new Random(7), List.of());

        List<Integer> later = FreePorts.neighbours(2, new Random(8), first);

        assertThat(later).doesNotContainAnyElementsOf(first).allSatisfy(port -> assertThat(port / 50)
                .isEqualTo(first.get(0) / 50));
    }

    @Test
    void a_cluster_whose_ports_were_edited_gets_others_where_there_are_some() {
        assertThat(FreePorts.neighbours(2, new Random(8), List.of(80, 40_000)))
                .allSatisfy(port -> assertThat(port).isBetween(12_000, 16_999));
    }

    @Test
    void a_taken_one_is_passed_over() throws Exception {
        int first = FreePorts.one();
        int next = first + 1 > 21_999 ? 17_000 : first + 1;
        try (ServerSocket taken = new ServerSocket()) {
            if (FreePorts.isFree(next)) { // else another process has taken it, which is as good
                taken.bind(new InetSocketAddress(next));
            }
            assertThat(FreePorts.one()).isNotEqualTo(next);
        }
    }

    @Test
    void a_server_whose_port_was_taken_before_it_listened_gets_another_one() throws Exception {
        List<Integer> tried = new ArrayList<>();
        try (ServerSocket somebody = new ServerSocket()) {
            try (ServerSocket server = FreePorts.listen(0, port -> {
                tried.add(port);
                if (tried.size() == 1) {
                    somebody.bind(new InetSocketAddress(port));
                }
                return new ServerSocket(port);
            })) {
                assertThat(tried).hasSize(2);
                assertThat(server.getLocalPort()).isEqualTo(tried.get(1)).isNotEqualTo(tried.get(0));
            }
        }
    }

    @Test
    void a_port_that_was_asked_for_is_not_replaced() throws Exception {
        try (ServerSocket somebody = new ServerSocket(FreePorts.one())) {
            assertThatThrownBy(() -> FreePorts.listen(somebody.getLocalPort(), ServerSocket::new))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void another_failure_is_not_tried_again() {
        List<Integer> tried = new ArrayList<>();

        assertThatThrownBy(() -> FreePorts.listen(0, port -> {
                    tried.add(port);
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(tried).hasSize(1);
    }

    /** Each in its own way: an exception, a log of a program. */
    @Test
    void servers_say_that_their_port_is_taken() throws Exception {
        try (ServerSocket somebody = new ServerSocket()) {
            int port = FreePorts.one();
            somebody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

            assertTaken(() -> EmbeddedZooKeeper.start(temp.resolve("zookeeper"), port));
            assertTaken(() -> EmbeddedRedis.start(temp.resolve("redis"), port));
            assertTaken(() -> EmbeddedSolr.start(temp.resolve("solr"), port, conf -> {}));
            assertTaken(() -> EmbeddedHdfs.start(temp.resolve("hdfs"), port));
            assertTaken(() -> EmbeddedPostgres.start(temp.resolve("postgres"), port));
        }
    }

    private static void assertTaken(ThrowingCallable start) {
        assertThatThrownBy(start)
                .satisfies(e -> assertThat(FreePorts.isTaken(e)).as("%s", e).isTrue());
    }

    /** A client of the stopped server would otherwise be able to take the port before it is started again. */
    @Test
    void are_where_servers_listen_that_may_be_started_again() throws Exception {
        try (EmbeddedZooKeeper zooKeeper = EmbeddedZooKeeper.start(temp.resolve("zookeeper"), 0);
                EmbeddedRedis redis = EmbeddedRedis.start(temp.resolve("redis"), 0)) {
            assertThat(zooKeeper.port()).isBetween(17_000, 21_999);
            assertThat(redis.port()).isBetween(17_000, 21_999);
        }
    }
}
