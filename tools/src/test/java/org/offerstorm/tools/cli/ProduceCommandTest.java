package org.offerstorm.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.tools.cli.value.Converters;
import picocli.CommandLine;

/** What needs no broker; the round trip is tested against a real one in the module local. */
class ProduceCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void without_kafka_it_says_so_and_exits_3() throws IOException {
        Path file = Files.writeString(directory.resolve("o.ndjson"), "{\"id\":\"a\"}\n");
        String address = "127.0.0.1:" + freePort();
        assertThat(run("--bootstrap-servers", address, file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("no Kafka at " + address + ": no answer; is it running");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void an_address_that_cannot_be_is_unreachable_too() throws IOException {
        Path file = Files.writeString(directory.resolve("o.ndjson"), "{\"id\":\"a\"}\n");
        assertThat(run("--bootstrap-servers", "no-port", file.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("no Kafka at no-port");
    }

    @Test
    void strict_reads_a_pipe_once_and_stops_at_the_first_line_that_would_be_skipped() throws Exception {
        Path fifo = directory.resolve("offers.ndjson");
        assumeThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .as("this system has mkfifo")
                .isZero();
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(fifo, "no offer\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();

        // Nothing was read before: else the pipe would seem empty, and all of nothing would be sent.
        assertThat(run("--strict", "--bootstrap-servers", "127.0.0.1:1", fifo.toString()))
                .isEqualTo(3);

        writer.join();
    }

    @Test
    void strict_lists_all_that_would_be_skipped_and_sends_nothing() throws IOException {
        Path file = Files.writeString(directory.resolve("o.ndjson"), "{\"id\":\"a\"}\nx\n{\"id\":\"b\"}\n{}\n");
        assertThat(run("--strict", "--bootstrap-servers", "127.0.0.1:1", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains(file + ":2: no id", file + ":4: no id", "sent nothing: 2 lines");
    }

    @Test
    void a_header_that_lacks_columns_exits_1_before_anything_is_sent() throws IOException {
        Path file = Files.writeString(directory.resolve("o.csv"), "name\nChef\n");
        assertThat(run(file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("the header lacks profession_id");
    }

    @Test
    void a_file_that_is_not_there_is_bad_usage() {
        assertThat(run(directory.resolve("none.csv").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.csv is not there");
    }

    @Test
    void a_directory_is_bad_usage() {
        assertThat(run(directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(directory + " is a directory; name a file");
    }

    @Test
    void a_file_that_is_not_gzip_though_its_name_says_so_is_reported_as_such() throws IOException {
        Path file = Files.write(directory.resolve("rand.gz"), new byte[] {7, 0, (byte) 0xC3, 0, (byte) 0xFF});
        assertThat(run(file.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("produce: " + file + " is not a gzip file (its name says so)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--rate=0", "--rate=-1", "--rate=fast", "--rate=1/m", "--rate=NaN", "--format=xml", "--bogus"})
    void bad_options_are_bad_usage(String option) {
        assertThat(run(option, "-")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return Converters.register(new CommandLine(new ProduceCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
