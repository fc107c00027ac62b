package org.offerstorm.tools.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;

class OutputTest {
    @Test
    void remembers_why_a_write_failed_and_does_not_try_again() {
        Failing full = new Failing("No space left on device");
        Output output = new Output(full);
        PrintWriter writer = new PrintWriter(output, true, StandardCharsets.UTF_8);
        writer.println("a");
        writer.println("b");
        assertThat(output.failure()).hasMessage("No space left on device");
        assertThat(full.writes).isOne();
    }

    @Test
    void ends_quietly_only_if_nobody_reads_any_more() {
        assertThat(Output.end("standard output", new IOException("Broken pipe")))
                .isEqualTo(141);
        assertThat(Output.end("standard output", new IOException(new IOException("Broken pipe"))))
                .isEqualTo(141);
        assertThatThrownBy(() -> Output.end("o.csv", new AccessDeniedException("o.csv")))
                .isInstanceOf(Failure.class)
                .hasMessage("cannot write to o.csv: permission denied");
    }

    @Test
    void text_is_utf_8_where_the_environment_names_no_charset() {
        assertThat(StandardStreams.charset("ANSI_X3.4-1968")).isEqualTo(StandardCharsets.UTF_8);
        assertThat(StandardStreams.charset("ISO-8859-1")).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(StandardStreams.charset("x-no-such-charset")).isNotNull();
    }

    private static final class Failing extends OutputStream {
        private final String why;
        private int writes;

        private Failing(String why) {
            this.why = why;
        }

        @Override
        public void write(int b) throws IOException {
            writes++;
            throw new IOException(why);
        }
    }
}
