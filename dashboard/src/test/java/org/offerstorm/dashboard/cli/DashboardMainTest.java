package org.offerstorm.dashboard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in its own process, without the libraries that its jar does not bring, and over servers that are away.
 * .ci/checks/dashboard-jar.sh starts the jar itself, over servers that answer.
 */
class DashboardMainTest {
    /** Port 1 of this machine: nobody listens there. */
    private static final List<String> AWAY =
            List.of("-c", "redis.uri=redis://127.0.0.1:1", "-c", "solr.url=http://127.0.0.1:1/solr");
    /** What the tests have on their class path, for the embedded servers, and the jar must not need. */
    private static final Pattern NOT_IN_THE_JAR = Pattern.compile(
            "hadoop|avro|/storm-|/kafka_|kafka-(?!clients)|/local/servers|solr-core|zookeeper|zstd|lz4|snappy");

    @Test
    void the_pages_are_up_and_say_what_is_away() throws Exception {
        Process dashboard = start(AWAY, "--port", "0");
        try (BufferedReader out = dashboard.inputReader(UTF_8)) {
            String line = out.readLine();
            assertThat(line).startsWith("Dashboard  http://127.0.0.1:");
            String url = line.substring(line.indexOf("http"));

            assertThat(get(url).statusCode()).isEqualTo(200);
            assertThat(get(url + "search").statusCode()).isEqualTo(200);
            HttpResponse<String> health = get(url + "api/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"away\"");
            HttpResponse<String> search = get(url + "api/offers?q=nurse");
            assertThat(search.statusCode()).isEqualTo(503);
            assertThat(search.body()).contains("the search is unavailable");
        } finally {
            dashboard.destroy();
            dashboard.waitFor();
        }
    }

    @Test
    void a_taken_port_is_reported_with_the_way_out() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process dashboard = start(AWAY, "--port", Integer.toString(taken.getLocalPort()));

            assertThat(text(dashboard.errorReader(UTF_8)))
                    .contains("port " + taken.getLocalPort() + " of 127.0.0.1 is taken; choose another with --port");
            assertThat(dashboard.waitFor()).isEqualTo(3);
        }
    }

    @Test
    void a_mistake_names_the_program_as_it_is_started() throws Exception {
        Process dashboard = start(List.of(), "--prot", "0");

        assertThat(text(dashboard.errorReader(UTF_8)))
                .contains("Unknown option", "'--prot'", "'java -jar offerstorm-dashboard.jar --help'");
        assertThat(dashboard.waitFor()).isEqualTo(2);
    }

    @Test
    void the_configuration_is_checked_whole() throws Exception {
        Process dashboard =
                start(List.of("-c", "source.properties.fetch.max.byts=3", "-c", "hdfs.roll-sise=1 GiB"), "--port", "0");

        assertThat(text(dashboard.errorReader(UTF_8)))
                .contains("did you mean 'fetch.max.bytes'?", "did you mean 'hdfs.roll-size'?");
        assertThat(dashboard.waitFor()).isEqualTo(2);
    }

    @Test
    void a_key_that_cannot_be_used_ends_the_program_at_once(@TempDir Path directory) throws Exception {
        Path key = Files.writeString(directory.resolve("ann"), "0123456789abcde\n");
        Process easy = start(AWAY, "--port", "0", "-c", "dashboard.keys.ann=${file:" + key + "}");
        assertThat(text(easy.errorReader(UTF_8)))
                .startsWith(
                        "offerstorm-dashboard.jar: the key that dashboard.keys.ann names must have at least 16 characters")
                .doesNotContain("0123456789abcde", "Exception");
        assertThat(easy.waitFor()).isEqualTo(2);

        Process missing = start(AWAY, "--port", "0", "-c", "dashboard.keys.ann=${env:OFFERSTORM_NO_SUCH_KEY}");
        assertThat(text(missing.errorReader(UTF_8)))
                .startsWith(
                        "offerstorm-dashboard.jar: the configuration names ${env:OFFERSTORM_NO_SUCH_KEY}, but there is no"
                                + " such variable here")
                .doesNotContain("Exception");
        assertThat(missing.waitFor()).isEqualTo(2);
    }

    @Test
    void the_version_is_that_of_the_project() throws Exception {
        Process dashboard = start(List.of(), "--version");

        assertThat(text(dashboard.inputReader(UTF_8))).startsWith("offerstorm ").contains("Solr ", "Java ");
        assertThat(dashboard.waitFor()).isZero();
    }

    /** An entry's path in the project, or the name of a library: the directories above may have any name. */
    private static String name(String entry) {
        Path root = Path.of(System.getProperty("offerstorm.root")).toAbsolutePath();
        Path path = Path.of(entry);
        return "/" + (path.startsWith(root) ? root.relativize(path) : path.getFileName());
    }

    private static Process start(List<String> settings, String... options) throws IOException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !NOT_IN_THE_JAR.matcher(name(entry)).find())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                DashboardMain.class.getName()));
        command.addAll(settings);
        command.addAll(List.of(options));
        return new ProcessBuilder(command).start();
    }

    private static String text(BufferedReader reader) {
        return reader.lines().collect(Collectors.joining("\n"));
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
