package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.tools.cli.value.Converters;
import org.offerstorm.tools.figures.Families;
import picocli.CommandLine;

/** The metrics of a command while it runs. */
class MetricsOptionsTest {
    private final MetricsOptions options = new MetricsOptions();

    @Test
    void a_command_serves_its_metrics_until_it_ends() throws Exception {
        int port = FreePorts.one();
        parse("--metrics-port=" + port);
        try (MetricsOptions.Served served = options.serve(() -> new Families().counter("sent", "Records sent.", 7))) {
            assertThat(get(port, "metrics")).contains("sent_total 7.0\n", "process_cpu_seconds_total ");
            assertThat(get(port, "live")).isEqualTo("live\n");
            assertThat(get(port, "ready")).isEqualTo("ready\n");
            assertThat(served).isNotNull();
        }
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (answers(port) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(answers(port)).isFalse();
    }

    @Test
    void a_port_that_is_taken_is_named() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            parse("--metrics-port=" + taken.getLocalPort());
            assertThatThrownBy(() -> options.serve(Families::new))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " of --metrics-port cannot be taken");
        }
    }

    private void parse(String option) {
        Converters.register(new CommandLine(options)).parseArgs(option);
    }

    private static boolean answers(int port) throws Exception {
        try {
            get(port, "live");
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private static String get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
