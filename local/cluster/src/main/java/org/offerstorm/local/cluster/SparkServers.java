package org.offerstorm.local.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.servers.JavaCommand;

/**
 * A standalone Spark for the lake, if the cluster has it: a Master and two Workers, on the jars that the build of the lake
 * fetched. {@code spark/} is what Spark's distribution would be: {@code jars/} with links to them.
 */
final class SparkServers {
    static final String MASTER = "spark-master";

    private static final String WORKER = "spark-worker-";
    private static final int WORKERS = 2;
    private static final String HTTP = "-http";
    private static final String HOST = "127.0.0.1";
    private static final int HEAP = 128;
    private static final int TIMEOUT_MILLIS = 3_000;
    /** Of one executor, by Spark's default. */
    private static final String MEMORY = "1g";

    private static final Pattern ALIVE = Pattern.compile("\"status\"\\s*:\\s*\"ALIVE\"");
    private static final List<String> OPENS = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private final PortFile ports;
    private final ClusterDirectory directory;
    private final Path home;

    SparkServers(ClusterDirectory directory, PortFile ports) {
        this.directory = directory;
        this.ports = ports;
        this.home = directory.resolve("spark");
    }

    static List<String> portNames() {
        List<String> names = new ArrayList<>(List.of(MASTER, MASTER + HTTP));
        for (int number = 1; number <= WORKERS; number++) {
            names.add(WORKER + number);
            names.add(WORKER + number + HTTP);
        }
        return names;
    }

    /** What {@code lake run --master} takes. */
    String url() {
        return "spark://" + HOST + ":" + ports.of(MASTER);
    }

    /** The Master's web page. */
    String page() {
        return page(MASTER);
    }

    Server master(Jvm jvm) {
        return server(jvm, MASTER, "org.apache.spark.deploy.master.Master", List.of(), this::link, () -> {
            if (!ALIVE.matcher(get(MASTER)).find()) {
                throw new IOException("the Master says that it is not alive");
            }
        });
    }

    /** They name the Master, which may come later. */
    List<Server> workers(Jvm jvm) {
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / WORKERS);
        List<Server> workers = new ArrayList<>();
        for (int number = 1; number <= WORKERS; number++) {
            String name = WORKER + number;
            workers.add(server(
                    jvm,
                    name,
                    "org.apache.spark.deploy.worker.Worker",
                    List.of(
                            "--cores",
                            Integer.toString(cores),
                            "--memory",
                            MEMORY,
                            "--work-dir",
                            directory.resolve(name).resolve("work").toString(),
                            url()),
                    () -> Files.createDirectories(directory.resolve(name).resolve("work")),
                    () -> {
                        if (!get(name).contains(url())) {
                            throw new IOException("the Worker has not found its Master yet");
                        }
                    }));
        }
        return workers;
    }

    private Server server(
            Jvm jvm,
            String name,
            String main,
            List<String> arguments,
            Server.Preparation preparation,
            Server.Health health) {
        List<String> flags = new ArrayList<>();
        OPENS.forEach(each -> flags.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
        flags.add(jvm.logging());
        flags.add("-Dspark.master.rest.enabled=false");
        List<String> all = new ArrayList<>(List.of(
                "--host",
                HOST,
                "--port",
                Integer.toString(ports.of(name)),
                "--webui-port",
                Integer.toString(ports.of(name + HTTP))));
        all.addAll(arguments);
        return new Server(
                name,
                List.of(ports.of(name), ports.of(name + HTTP)),
                jvm.command(name, HEAP, home.resolve("jars") + File.separator + "*", flags, main, all),
                directory.resolve(name),
                Map.of(
                        // Without them it listens on all interfaces, and does not find its jars.
                        "SPARK_LOCAL_IP",
                        HOST,
                        "SPARK_HOME",
                        home.toString(),
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "JAVA_HOME",
                        JavaCommand.home().toString()),
                preparation,
                health);
    }

    /** The lake's own classes are not among them: a run names those to its executors. */
    private void link() throws IOException {
        Path list = Path.of(System.getProperty("offerstorm.home", "")).resolve("lake/target/offerstorm.classpath");
        if (!Files.isReadable(list)) {
            throw Failure.unreachable(
                    "Spark's libraries are not there; './offerstorm cluster up --with spark' fetches them", null);
        }
        StormHome.link(
                home.resolve("jars"),
                Stream.of(Files.readString(list).strip().split(File.pathSeparator, -1))
                        .filter(entry -> entry.endsWith(".jar"))
                        .map(Path::of)
                        .toList());
        SettingsFile.write(home.resolve("RELEASE"), "Links to the jars of the lake's build.\n");
    }

    private String page(String name) {
        return "http://" + HOST + ":" + ports.of(name + HTTP);
    }

    private String get(String name) throws IOException {
        HttpURLConnection request =
                (HttpURLConnection) URI.create(page(name) + "/json/").toURL().openConnection();
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        try (InputStream in = request.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            request.disconnect();
        }
    }
}
