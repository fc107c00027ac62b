package org.offerstorm.local.servers.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpProxyTest {
    private EchoServer server;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        server = new EchoServer();
        proxy = TcpProxy.open(0, server.address());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passes_bytes_both_ways_and_more_than_fit_its_buffers() throws IOException {
        byte[] sent = new byte[3 << 20];
        new Random(1).nextBytes(sent);
        try (Socket client = connect()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(client, sent));

            byte[] echoed = client.getInputStream().readNBytes(sent.length);

            writing.join();
            assertThat(Arrays.equals(echoed, sent)).isTrue();
        }
    }

    @Test
    void passes_on_the_end_of_either_side_after_the_bytes_before_it() throws IOException {
        try (Socket client = connect()) {
            write(client, "last words");
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("last words");
        }
        await().untilAsserted(() -> assertThat(proxy.connections()).isZero());
    }

    @Test
    void cut_resets_both_ends_and_new_connections_pass() throws IOException {
        try (Socket client = connect()) {
            echo(client, "before");

            proxy.cut();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            await().untilAsserted(() -> assertThat(server.resets()).isEqualTo(1));
        }
        try (Socket client = connect()) {
            echo(client, "after");
        }
    }

    @Test
    void refuse_leaves_no_listener_and_pass_opens_the_same_port_again() throws IOException {
        int port = proxy.port();
        try (Socket client = connect()) {
            echo(client, "before");
            proxy.refuse();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

        proxy.pass();

        assertThat(proxy.port()).isEqualTo(port);
        try (Socket client = connect()) {
            echo(client, "after");
        }
    }

    @Test
    void a_black_hole_accepts_and_swallows_and_closes_nothing_until_it_is_over() throws IOException {
        try (Socket before = connect()) {
            echo(before, "before");

            proxy.blackHole();

            try (Socket during = connect()) {
                write(before, "lost");
                write(during, "lost too");
                assertSilent(before);
                assertSilent(during);
                await().untilAsserted(() -> assertThat(proxy.bytesSwallowed()).isEqualTo(12));
                assertThat(server.received()).isEqualTo("before");

                proxy.pass();

                assertThatThrownBy(() -> before.getInputStream().read()).isInstanceOf(SocketException.class);
                assertThatThrownBy(() -> during.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
        try (Socket after = connect()) {
            echo(after, "after");
        }
        assertThat(server.received()).isEqualTo("beforeafter");
    }

    @Test
    void a_delayed_reply_is_late_while_its_request_is_there_at_once() throws IOException {
        proxy.delay(Duration.ofHours(1));
        try (Socket client = connect()) {
            write(client, "slow");
            await().untilAsserted(() -> assertThat(server.received()).isEqualTo("slow"));
            assertSilent(client);

            proxy.pass(); // ends the wait

            assertThat(read(client, 4)).isEqualTo("slow");
        }
    }

    @Test
    void a_delayed_reply_comes_by_itself() throws IOException {
        proxy.delay(Duration.ofMillis(300));
        try (Socket client = connect()) {
            long begin = System.nanoTime();
            echo(client, "slow");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void a_dropped_reply_means_the_request_got_through_and_the_connection_is_cut_once() throws IOException {
        try (Socket client = connect()) {
            echo(client, "seen");

            proxy.dropReplies();
            write(client, "done");

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(server.received()).isEqualTo("seendone");
            assertThat(proxy.repliesLost()).isEqualTo(1);
        }
        try (Socket client = connect()) {
            echo(client, "and again");
        }
    }

    @Test
    void a_server_that_is_gone_resets_its_clients() throws IOException {
        server.close();
        try (Socket client = connect()) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(proxy.connections()).isZero();
    }

    @Test
    void close_ends_everything() throws IOException {
        try (Socket client = connect()) {
            echo(client, "before");

            proxy.close();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        assertThatThrownBy(proxy::cut).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void echo(Socket client, String text) throws IOException {
        write(client, text);
        assertThat(read(client, text.length())).isEqualTo(text);
    }

    private static void write(Socket client, String text) {
        write(client, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Socket client, int count) throws IOException {
        InputStream in = client.getInputStream();
        return new String(in.readNBytes(count), StandardCharsets.US_ASCII);
    }

    private static void assertSilent(Socket client) throws SocketException {
        client.setSoTimeout(200);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(30_000);
    }
}
