package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.storm.generated.ExecutorInfo;
import org.apache.storm.generated.ExecutorSummary;
import org.apache.storm.generated.TopologyInfo;
import org.junit.jupiter.api.Test;
import org.offerstorm.local.servers.FreePorts;

/** Workers that answer, but not with figures. */
class WorkersTest {
    private static final int OFFSET = 1_000;

    @Test
    void a_refusal_is_shown_with_its_status_and_reason() throws Exception {
        int port = FreePorts.one();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            byte[] body = "This worker answers to its own names.\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(421, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            ExecutorSummary executor =
                    new ExecutorSummary(new ExecutorInfo(1, 1), "parse", "127.0.0.1", port - OFFSET, 9);
            TopologyInfo topology = new TopologyInfo("t-1", "t", 9, List.of(executor), "ACTIVE", java.util.Map.of());

            assertThat(new Workers(OFFSET).ask(topology)).singleElement().satisfies(worker -> assertThat(
                            worker.silence())
                    .contains("127.0.0.1:" + port + "/figures: status 421, This worker answers"));
        } finally {
            server.stop(0);
        }
    }
}
