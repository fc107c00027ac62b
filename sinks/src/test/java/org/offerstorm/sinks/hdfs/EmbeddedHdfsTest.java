package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.local.servers.PlainPath;

class EmbeddedHdfsTest {
    /** The directory is found again by another process, at another port, after the servers and a writer died at once. */
    @Test
    void keeps_what_was_synced_when_its_process_is_killed(@TempDir Path directory) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.offerstorm.sinks.hdfs.KilledHdfs",
                        directory.toString(),
                        "/log")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor()).isEqualTo(137);
        } finally {
            process.destroyForcibly();
        }
        try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(directory, 0)) {
            HdfsRestart.goesOn(hdfs.uri(), "/log");
            assertThat(listeners()).isNotEmpty().allMatch(EmbeddedHdfsTest::isLoopback);
        }
    }

    /** Hadoop alone cannot: its DataNode takes the directory's URI for a format string. */
    @Test
    void starts_in_a_directory_with_a_blank_in_its_name_and_leaves_no_link_behind(@TempDir Path directory)
            throws Exception {
        Path blank = directory.resolve("a b%t");
        try (EmbeddedHdfs hdfs = EmbeddedHdfs.start(blank, 0)) {
            assertThat(hdfs.uri()).startsWith("hdfs://127.0.0.1:");
            assertThat(blank.resolve("data/data1/current")).isDirectory();
        }
        try (PlainPath link = PlainPath.to(blank)) {
            assertThat(link.isLink()).isTrue();
            link.close();
            assertThat(link.linkDirectory()).doesNotExist();
            assertThat(blank).isDirectory();
        }
    }

    @Test
    void a_taken_port_is_an_error_that_leaves_the_data_alone(@TempDir Path directory) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedHdfs.start(directory, taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
        assertThat(directory.resolve("name-0-1/current/VERSION")).exists();
    }

    /** Local addresses of this process' listening sockets, as the kernel writes them. */
    private static List<String> listeners() throws IOException {
        List<String> sockets;
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            sockets = files.map(EmbeddedHdfsTest::target)
                    .filter(t -> t.startsWith("socket:"))
                    .toList();
        }
        return List.of("/proc/net/tcp", "/proc/net/tcp6").stream()
                .flatMap(table -> lines(Path.of(table)).stream())
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length > 9 && columns[3].equals("0A"))
                .filter(columns -> sockets.contains("socket:[" + columns[9] + "]"))
                .map(columns -> columns[1].substring(0, columns[1].indexOf(':')))
                .toList();
    }

    private static boolean isLoopback(String address) {
        return address.equals("0100007F") || address.equals("0000000000000000FFFF00000100007F");
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
