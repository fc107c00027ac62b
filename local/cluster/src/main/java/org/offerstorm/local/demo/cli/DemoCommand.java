package org.offerstorm.local.demo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.local.cluster.cli.ClusterCommand;
import org.offerstorm.local.cluster.cli.StartOptions;
import org.offerstorm.local.demo.ClusterDemo;
import org.offerstorm.local.demo.Demo;
import org.offerstorm.local.demo.DemoOptions;
import org.offerstorm.local.demo.DemoPorts;
import org.offerstorm.local.demo.DemoSinks;
import org.offerstorm.local.demo.FirstRecords;
import org.offerstorm.local.demo.ProposedMapping;
import org.offerstorm.tools.cli.RootCommand;
import org.offerstorm.tools.cli.value.Port;
import org.offerstorm.topology.cli.TopologyCommands;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code offerstorm demo}: reads the command line, leaves the rest to {@link Demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs everything on this machine, in one process: Kafka, Redis, Solr, HDFS and Storm, all of them real and on"
                    + " 127.0.0.1 only. It produces offers to the topic, shows the table category × continent while it is"
                    + " counted, and runs until Ctrl-C.",
            "",
            "If you run it again on the same data directory, it produces the same offers again and the table stays the"
                    + " same, because each offer is counted once, in its latest version."
        },
        footer = {
            "",
            "Exit codes: 0 fine, 1 with --exit-when-done: the stores differ, or not all of the"
                    + " file could be produced, 2 usage, 3 something is unavailable (a port,"
                    + " a directory in use, room on the disk), 130 or 143 ended by Ctrl-C or kill before it was done.",
            "",
            "Examples:",
            "  offerstorm demo",
            "  offerstorm demo --offers jobs.csv --professions professions.csv --exit-when-done",
            "  offerstorm demo --offers feed.json.gz --mapping feed.yaml"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int HASH_BYTES = 4;

    @Option(
            names = "--offers",
            paramLabel = "FILE",
            description = "Offers to produce: CSV with a header (profession_id,contract_type,name,office_latitude,"
                    + "office_longitude) or NDJSON, also gzipped (.gz). Default: the samples in test-data/.")
    private Path offers;

    @Option(
            names = "--mapping",
            paramLabel = "FILE|common",
            description =
                    "How the records of --offers become offers: a mapping file, or common for the usual names; the"
                            + " file may then be CSV of any header, NDJSON or JSON, also compressed. Default: none if the file"
                            + " has offers in Offerstorm's form, else one that is proposed and kept for you to edit.")
    private String mapping;

    @Option(
            names = "--professions",
            paramLabel = "FILE",
            description = "CSV id,name,category_name: which category a profession belongs to.")
    private Path professions;

    @Option(
            names = "--exit-when-done",
            description = "When every offer is durable, print the table from Redis, from Solr, from the HDFS files and"
                    + " from each further sink, compare them, and end.")
    private boolean exitWhenDone;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: .offerstorm/ next to this program, with a separate"
                    + " directory for each file of offers.")
    private Path dataDirectory;

    @Option(names = "--fresh", description = "First delete what an earlier demo left in the data directory.")
    private boolean fresh;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of the topic. Default: as many as it has, 4 if it is new.")
    private Integer partitions;

    @Option(
            names = "--sinks",
            paramLabel = "NAME",
            split = ",",
            description = "Sinks to write, with commas: hdfs, solr and redis, which the demo shows, and more: changes,"
                    + " postgres. Default: hdfs,solr,redis.")
    private List<String> sinks = List.of();

    @Option(
            names = "--cluster",
            description = "Run on a cluster of processes instead of one process: 'cluster up' in a new directory,"
                    + " setup, submit, produce, verify at the end, then 'cluster down'.")
    private boolean cluster;

    @Option(
            names = "--secure",
            description = "As --cluster, over closed wires: 'cluster up --secure', and 'doctor' before submit.")
    private boolean secure;

    @Option(
            names = "--lake",
            description =
                    "When every offer is durable, run the batch layer over them ('offerstorm lake run') and print what"
                            + " the live, the batch and the merged table count; then 'offerstorm lake serve' answers the page's"
                            + " questions about the past until the demo ends. The first time this fetches Spark.")
    private boolean lake;

    @Mixin
    private StartOptions start;

    @Spec
    private CommandSpec spec;

    @ArgGroup(
            exclusive = false,
            heading = "%nPorts on 127.0.0.1 (default, and with 0: those of the last run if free, else any)%n")
    private PortOptions ports = new PortOptions();

    private static final class PortOptions {
        @Option(names = "--kafka-port", paramLabel = "PORT", description = "Kafka broker.")
        private Port kafka = Port.ANY;

        @Option(names = "--redis-port", paramLabel = "PORT", description = "Redis.")
        private Port redis = Port.ANY;

        @Option(names = "--solr-port", paramLabel = "PORT", description = "Solr (HTTP).")
        private Port solr = Port.ANY;

        @Option(names = "--hdfs-port", paramLabel = "PORT", description = "HDFS NameNode (RPC).")
        private Port hdfs = Port.ANY;

        @Option(names = "--postgres-port", paramLabel = "PORT", description = "PostgreSQL, with its sink.")
        private Port postgres = Port.ANY;

        @Option(names = "--zookeeper-port", paramLabel = "PORT", description = "ZooKeeper, which Storm needs.")
        private Port zooKeeper = Port.ANY;

        @Option(names = "--dashboard-port", paramLabel = "PORT", description = "The live page (HTTP).")
        private Port dashboard = Port.ANY;

        @Option(names = "--ingest-port", paramLabel = "PORT", description = "What takes offers (HTTP).")
        private Port ingest = Port.ANY;

        private DemoPorts chosen() {
            return new DemoPorts(
                    kafka.number(),
                    redis.number(),
                    solr.number(),
                    hdfs.number(),
                    postgres.number(),
                    zooKeeper.number(),
                    dashboard.number(),
                    ingest.number());
        }
    }

    @Override
    public Integer call() throws Exception {
        requireFile("--offers", offers);
        requireFile("--professions", professions);
        if (mapping != null && offers == null) {
            throw Failure.usage("--mapping is for a file of yours; name it with --offers");
        }
        if (partitions != null && (partitions < 1 || partitions > 1_000)) {
            throw Failure.usage("--partitions is " + partitions + "; it must be 1 to 1000");
        }
        DemoSinks.check(sinks);
        DemoPorts chosen = ports.chosen();
        cluster |= secure;
        if (cluster && chosen.any()) {
            throw Failure.usage("--cluster chooses its ports itself; leave the options for ports out");
        }
        if (cluster && lake) {
            throw Failure.usage("--lake is for the demo in one process; on a cluster run 'offerstorm lake run'");
        }
        DemoOptions options = options(chosen);
        if (offers != null) {
            FirstRecords.require(offers, options.mapping());
        }
        if (cluster) {
            return new ClusterDemo(options, secure, this::run).run();
        }
        return new Demo(options).run();
    }

    /** As the option source.mapping has it; a path is absolute, because the commands of a cluster run elsewhere. */
    private String mapping() throws IOException {
        if (mapping != null) {
            return mapping.equals(SourceConfig.COMMON_MAPPING)
                    ? mapping
                    : Path.of(mapping).toAbsolutePath().toString();
        }
        if (offers == null || !Files.isRegularFile(offers)) {
            return SourceConfig.NO_MAPPING; // a pipe gives its content once
        }
        // Next to the directory, which --fresh empties; and with the file's name, because a cluster's is for all files.
        Path own = defaultDirectory(home(), offers).toAbsolutePath();
        Path kept = (dataDirectory == null ? own : dataDirectory.toAbsolutePath())
                .resolveSibling(own.getFileName() + ".mapping.yaml");
        return ProposedMapping.isNeeded(offers, kept, spec.commandLine().getOut()::println)
                ? kept.toString()
                : SourceConfig.NO_MAPPING;
    }

    private int run(List<String> words) {
        List<Class<?>> commands = new ArrayList<>(TopologyCommands.ALL);
        commands.add(ClusterCommand.class);
        return RootCommand.of(commands)
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr())
                .execute(words.toArray(String[]::new));
    }

    private DemoOptions options(DemoPorts chosen) throws IOException {
        // What a pipe had is gone: another one must not be mixed with it.
        boolean pipe = offers != null && !Files.isRegularFile(offers) && dataDirectory == null;
        Path usual = cluster ? home().resolve(".offerstorm").resolve("demo-cluster") : defaultDirectory(home(), offers);
        return new DemoOptions(
                dataDirectory == null ? usual : dataDirectory,
                fresh || pipe,
                offers == null ? samples("test-data/offers.ndjson") : offers,
                mapping(),
                professions == null ? samples("conf/professions.csv") : professions,
                exitWhenDone,
                partitions == null ? DemoOptions.ANY_PARTITIONS : partitions,
                start.patience(),
                sinks,
                lake,
                chosen);
    }

    /**
     * Next to the program, not in the working directory: the same command finds the same data from anywhere, and leaves
     * nothing in other people's directories. Different inputs do not mix in one table.
     */
    static Path defaultDirectory(Path home, Path offers) throws IOException {
        Path all = home.resolve(".offerstorm");
        if (offers == null) {
            return all.resolve("demo");
        }
        if (!Files.isRegularFile(offers)) {
            return all.resolve("pipe");
        }
        Path file = offers.toRealPath();
        String name = file.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return all.resolve(name + "-" + hash(file.toString()));
    }

    /** The launcher sets the program's directory. */
    private static Path home() {
        return Path.of(System.getProperty("offerstorm.home", ""));
    }

    private static Path samples(String name) {
        Path file = home().resolve(name);
        if (!Files.isReadable(file)) {
            throw Failure.usage(file.toAbsolutePath() + " is missing; is this the whole project? git status shows it");
        }
        return file;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void requireFile(String option, Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw Failure.usage(option + ": cannot read " + file.toAbsolutePath() + "; name an existing file");
        }
        if (file != null && Files.isDirectory(file)) {
            throw Failure.usage(option + ": " + file.toAbsolutePath() + " is a directory; name a file");
        }
    }
}
