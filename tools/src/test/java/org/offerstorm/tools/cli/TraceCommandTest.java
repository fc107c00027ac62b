package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong before a server is asked. */
class TraceCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:99999", "99999", "h:1,h:65536", "[::1]", "h:1,", "a host:1"})
    void addresses_of_workers_that_are_none_are_refused_with_what_is_allowed(String figures) {
        StringWriter err = new StringWriter();

        int code =
                ToolCommands.commandLine().setErr(new PrintWriter(err)).execute("trace", "4711", "--figures", figures);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("--figures: '", "' is not an address of a worker; write host:port");
    }
}
