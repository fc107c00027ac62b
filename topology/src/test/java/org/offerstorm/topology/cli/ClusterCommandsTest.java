package org.offerstorm.topology.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands for a cluster that is not there. */
class ClusterCommandsTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --targets targets.json",
                "kill x",
                "rebalance --workers 2",
                "activate",
                "deactivate x"
            })
    void without_nimbus_a_command_ends_with_3_and_names_the_address(String command) throws IOException {
        int closed = closedPort();

        assertThat(run((command + " -c topology.nimbus=127.0.0.1:" + closed).split(" ")))
                .isEqualTo(3);
        assertThat(err.toString())
                .contains("no Nimbus at 127.0.0.1:" + closed, "correct topology.nimbus")
                .doesNotContain("\tat ");
    }

    @Test
    void a_submission_without_nimbus_ends_with_3_before_anything_else_is_tried() throws IOException {
        int closed = closedPort();
        System.setProperty("storm.jar", "pom.xml");
        try {
            assertThat(run("submit", "-c", "topology.nimbus=127.0.0.1:" + closed))
                    .isEqualTo(3);
            assertThat(err.toString()).contains("no Nimbus at 127.0.0.1:" + closed);
        } finally {
            System.clearProperty("storm.jar");
        }
    }

    @Test
    void a_rebalance_without_change_is_bad_usage() {
        assertThat(run("rebalance")).isEqualTo(2);
        assertThat(err.toString()).contains("--workers");
    }

    @Test
    void a_wait_without_sense_is_bad_usage() {
        assertThat(run("kill", "--drain", "--wait", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is not a duration; write 90s, 5min or 2h");
    }

    private int run(String... args) {
        CommandLine line = TopologyCommands.commandLine();
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
