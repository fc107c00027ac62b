package org.offerstorm.local.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.terminal.LogFormat;

/**
 * Lays out what Storm's distribution would: {@code conf/storm.yaml} for clients and Nimbus, {@code conf/supervisor-N.yaml} for each
 * supervisor and its workers, {@code log4j2/}, {@code lib/} for the daemons, {@code lib-worker/} with storm-client's own
 * jars and nothing else (to show what a topology's jar lacks), and {@code extlib/}, which is empty but for the layout of JSON logs.
 */
final class StormHome {
    private static final String RESOURCES = "org/offerstorm/local/cluster/storm/";

    private static final String TEMPLATE_LAYOUT = "log4j-layout-template-json-";

    private final ClusterDirectory directory;
    private final PortFile ports;
    private final Path home;

    StormHome(ClusterDirectory directory, PortFile ports) {
        this.directory = directory;
        this.ports = ports;
        this.home = directory.resolve("storm");
    }

    Path path() {
        return home;
    }

    /** All that is named above. */
    void write(StormJars jars) throws IOException {
        link(home.resolve("lib"), jars.daemon());
        link(home.resolve("lib-worker"), jars.worker());
        LogFormat format = logFormat();
        layout(home.resolve("extlib"), format);
        SettingsFile.write(home.resolve("log4j2").resolve("cluster.xml"), resource("cluster.xml"));
        SettingsFile.write(home.resolve("log4j2").resolve("worker.xml"), workerLogging(format));
        SettingsFile.write(home.resolve("conf").resolve("storm.yaml"), yaml(common()));
        for (int number = 1; number <= StormDaemons.SUPERVISORS; number++) {
            SettingsFile.write(conf(number), yaml(supervisor(number)));
        }
    }

    Path conf(int supervisor) {
        return home.resolve("conf").resolve(StormDaemons.supervisor(supervisor) + ".yaml");
    }

    /** What Nimbus, supervisors, workers and clients share. */
    private Map<String, Object> common() throws IOException {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("storm.zookeeper.servers", List.of("127.0.0.1"));
        p.put("storm.zookeeper.port", ports.of(OtherServers.ZOOKEEPER));
        p.put("nimbus.seeds", List.of("127.0.0.1"));
        p.put("nimbus.thrift.port", ports.of(StormDaemons.NIMBUS));
        p.put("storm.local.hostname", "127.0.0.1");
        p.put("storm.local.dir", directory.resolve(StormDaemons.NIMBUS).toString());
        p.put("storm.log.dir", directory.resolve("logs").toString());
        p.put(
                "storm.workers.artifacts.dir",
                directory.resolve("logs").resolve("workers").toString());
        // The default has flags of Java 8. What a topology needs beyond that it says itself.
        p.put(
                "worker.childopts",
                ("-Xmx%HEAP-MEM%m -XX:+ExitOnOutOfMemoryError " + WorkerOptions.read(directory)).strip());
        p.put("topology.worker.logwriter.childopts", "-Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        // A jar of 90 MB is on this machine already: no need to wait for a start as long as in a data centre.
        p.put("nimbus.task.launch.secs", 60);
        p.put("supervisor.worker.start.timeout.secs", 60);
        p.put("nimbus.monitor.freq.secs", 3);
        // Nimbus bans the host of a supervisor that was silent for a few rounds, for half an hour. Here that would be
        // the
        // host of all supervisors: no worker would be started any more.
        p.put("blacklist.scheduler.tolerance.count", Integer.MAX_VALUE);
        p.put("nimbus.thrift.threads", 16);
        p.put("supervisor.thrift.threads", 4);
        return p;
    }

    private Map<String, Object> supervisor(int number) throws IOException {
        Map<String, Object> p = common();
        p.put(
                "storm.local.dir",
                directory.resolve(StormDaemons.supervisor(number)).toString());
        p.put("supervisor.thrift.port", ports.of(StormDaemons.supervisor(number)));
        p.put(
                "supervisor.slots.ports",
                IntStream.rangeClosed(1, StormDaemons.SLOTS)
                        .mapToObj(slot -> ports.of(StormDaemons.slot(number, slot)))
                        .toList());
        return p;
    }

    /** YAML of plain keys; values are numbers, texts, and lists of them. */
    static String yaml(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + ": " + value(setting.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String value(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(StormHome::value).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : String.valueOf(value);
    }

    /** Makes {@code target} hold links to these jars and nothing else. */
    static void link(Path target, List<Path> jars) throws IOException {
        Files.createDirectories(target);
        Map<String, Path> wanted = new LinkedHashMap<>();
        for (Path jar : jars) {
            wanted.put(jar.getFileName().toString(), jar);
        }
        List<Path> present;
        try (Stream<Path> entries = Files.list(target)) {
            present = new ArrayList<>(entries.toList());
        }
        for (Path entry : present) {
            Path jar = wanted.get(entry.getFileName().toString());
            if (jar != null
                    && Files.isSymbolicLink(entry)
                    && Files.readSymbolicLink(entry).equals(jar)) {
                wanted.remove(entry.getFileName().toString());
            } else {
                Files.delete(entry);
            }
        }
        for (Map.Entry<String, Path> jar : wanted.entrySet()) {
            Files.createSymbolicLink(target.resolve(jar.getKey()), jar.getValue());
        }
    }

    private static LogFormat logFormat() {
        try {
            return LogFormat.of(System.getenv());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage());
        }
    }

    /** Log4j's settings of workers. */
    static String workerLogging(LogFormat format) throws IOException {
        String text = resource("worker.xml");
        return format == LogFormat.ECS ? text.replaceFirst("<PatternLayout [^>]*/>", LogFormat.ECS_ELEMENT) : text;
    }

    /** On the class path of workers, next to Storm's log4j, and only if it is needed; other files there stay. */
    private static void layout(Path extlib, LogFormat format) throws IOException {
        Files.createDirectories(extlib);
        try (Stream<Path> entries = Files.list(extlib)) {
            for (Path entry : entries.toList()) {
                if (isTemplateLayout(entry) && Files.isSymbolicLink(entry)) {
                    Files.delete(entry);
                }
            }
        }
        if (format == LogFormat.ECS) {
            Path jar = templateLayout();
            Files.createSymbolicLink(extlib.resolve(jar.getFileName().toString()), jar);
        }
    }

    private static boolean isTemplateLayout(Path file) {
        return file.getFileName() != null && file.getFileName().toString().startsWith(TEMPLATE_LAYOUT);
    }

    private static Path templateLayout() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(StormHome::isTemplateLayout)
                .findFirst()
                .orElseThrow(() -> Failure.usage(LogFormat.VARIABLE
                        + "=ecs needs log4j-layout-template-json on the class path; start the program by its launcher"
                        + " ./offerstorm"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = StormHome.class.getClassLoader().getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new IOException("the class path has no " + RESOURCES + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * The jars that Storm's distribution has.
     *
     * @param daemon those of {@code lib/}
     * @param worker those of {@code lib-worker/}
     */
    record StormJars(List<Path> daemon, List<Path> worker) {
        /**
         * As the build listed them.
         *
         * @param program directory of the whole project
         * @throws Failure if it was not built
         */
        static StormJars ofBuild(Path program) throws IOException {
            return new StormJars(
                    read(program.resolve("deploy/storm-home/lib/target/jars.classpath")),
                    read(program.resolve("deploy/storm-home/lib-worker/target/jars.classpath")));
        }

        private static List<Path> read(Path list) throws IOException {
            if (!Files.isReadable(list)) {
                throw Failure.usage(list.toAbsolutePath()
                        + " is missing; start the program by its launcher ./offerstorm, which builds it");
            }
            return Stream.of(Files.readString(list).strip().split(File.pathSeparator, -1))
                    .map(Path::of)
                    .toList();
        }
    }
}
