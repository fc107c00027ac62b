package org.offerstorm.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.EmbeddedKafka;

/** A Kafka that is slow, and one that hangs: both listen. */
class KafkaAdminTest {
    @TempDir
    private Path temp;

    private ServerSocket server;
    private String address;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        address = "127.0.0.1:" + server.getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void a_slow_server_that_listens_is_waited_for() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp, 0);
                KafkaAdmin admin = new KafkaAdmin(address, Map.of())) {
            Thread delay = new Thread(() -> forward(kafka.port(), Duration.ofSeconds(7)));
            delay.setDaemon(true);
            delay.start();

            assertThat(admin.get(admin.client().describeCluster().nodes())).hasSize(1);
        }
    }

    @Test
    void a_server_that_listens_and_does_not_answer_is_not_called_down() throws Exception {
        try (KafkaAdmin admin = new KafkaAdmin(address, Map.of(), Duration.ofSeconds(6))) {
            assertThatThrownBy(() -> admin.get(admin.client().describeCluster().nodes()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Kafka at " + address + " listens, but did not answer within 6 s")
                    .hasMessageContaining("--wait")
                    .hasMessageNotContaining("start it");
        }
    }

    @Test
    void a_server_that_does_not_listen_is_reported_soon() throws Exception {
        server.close();
        long begin = System.nanoTime();

        try (KafkaAdmin admin = new KafkaAdmin(address, Map.of(), Duration.ofMinutes(5))) {
            assertThatThrownBy(() -> admin.get(admin.client().describeCluster().nodes()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Kafka at " + address
                            + " did not answer within 5 s; start it, or correct source.bootstrap-servers");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
    }

    /** Passes connections on, each after a while. */
    private void forward(int port, Duration delay) {
        while (true) {
            try {
                Socket client = server.accept();
                Thread.sleep(delay.toMillis());
                Socket kafka = new Socket(InetAddress.getLoopbackAddress(), port);
                copy(client, kafka);
                copy(kafka, client);
            } catch (IOException e) {
                return; // the test ends
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread copy = new Thread(() -> {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                return; // one of them has closed
            }
        });
        copy.setDaemon(true);
        copy.start();
    }
}
