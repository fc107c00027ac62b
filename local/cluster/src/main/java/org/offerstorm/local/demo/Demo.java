package org.offerstorm.local.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.LakeConfig;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.reference.BadProfessions;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.dashboard.Dashboard;
import org.offerstorm.local.cluster.Progress;
import org.offerstorm.local.servers.EmbeddedPostgres;
import org.offerstorm.local.servers.EmbeddedRedis;
import org.offerstorm.local.servers.FreePorts;
import org.offerstorm.local.servers.ProgramDirectory;
import org.offerstorm.tools.mapping.BadMapping;
import org.offerstorm.tools.mapping.MappingFile;
import org.offerstorm.tools.produce.ProduceResult;
import org.offerstorm.tools.terminal.StandardStreams;
import org.offerstorm.tools.terminal.StopRequest;
import org.offerstorm.tools.terminal.Terminals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: servers and topology up, the offers produced, the table shown, everything down again. It takes the process's
 * standard output, logging, temporary directory and signals for itself, so there is one in a process.
 */
public final class Demo {
    static final String DASHBOARD = "dashboard";
    static final String LAKE = "lake";
    static final String INGEST = "ingest";

    private static final int FINE = 0;
    /** With {@code --exit-when-done} nobody may be there to end it. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DemoOptions options;
    private final Screen screen = new Screen(StandardStreams.stdout(), Terminals.isOutput());
    private final StopRequest stop = new StopRequest();
    private final long startNanos = System.nanoTime();
    private long awaySince;
    /** The dashboard must know it before anything listens there. */
    private int lakePort = Ports.ANY;
    /** Said last, or it is lost above the table; null if there is nothing to say. */
    private String shortfall;

    /** Starts nothing yet. */
    public Demo(DemoOptions options) {
        this.options = options;
    }

    /**
     * Runs until it is done or asked to end.
     *
     * @return the process's exit code
     * @throws Failure if something is unavailable
     */
    public int run() throws IOException {
        DataSet dataSet = dataSet();
        DiskSpace disk = DiskSpace.of(options.dataDirectory());
        disk.requireToStart();
        Ending ending = Ending.prepare(screen, stop);
        try (DataDirectory directory = DataDirectory.open(options.dataDirectory())) {
            ending.took(directory);
            // They hold ports and files that this run needs.
            EmbeddedRedis.endOrphan(directory.resolve(DemoServers.REDIS));
            EmbeddedPostgres.endOrphan(directory.resolve(DemoServers.POSTGRES));
            if (options.fresh()) {
                directory.empty();
            }
            keepTemporaryFilesIn(directory);
            return run(directory, dataSet, disk, ending);
        } finally {
            ending.done();
        }
    }

    private int run(DataDirectory directory, DataSet dataSet, DiskSpace disk, Ending ending) throws IOException {
        Logs logs = Logs.toFiles(directory.resolve("logs"));
        try {
            Ports ports = new Ports(directory.resolve("ports"), options.ports().byServer());
            if (servesLake()) {
                lakePort = FreePorts.orOne(ports.of(LAKE));
                ports.remember(LAKE, lakePort);
            }
            Pipeline pipeline = start(directory, ports, dataSet, disk, logs, ending);
            return pipeline == null ? stop.code() : show(pipeline, directory, ports, dataSet, disk, logs, ending);
        } catch (Failure e) {
            log().error("The demo ends", e);
            if (e.exitCode() == Failure.INTERRUPTED) {
                throw e;
            }
            throw Failure.unreachable(e.getMessage() + "\nThe logs in " + logs.directory() + " say more.", e);
        } finally {
            screen.erase();
            summarize(logs);
            if (shortfall != null) {
                screen.print(shortfall);
            }
        }
    }

    /** The pipeline, or null if the end was asked for before it was up. */
    private Pipeline start(
            DataDirectory directory, Ports ports, DataSet dataSet, DiskSpace disk, Logs logs, Ending ending)
            throws IOException {
        boolean postgres = DemoSinks.havePostgres(options.sinks());
        screen.print("Starting Kafka, Redis, Solr, HDFS" + (postgres ? ", PostgreSQL" : "") + " and Storm in "
                + directory.root());
        Pipeline pipeline = null;
        try {
            pipeline = new DemoStart(
                            Progress.ofThisProcess(logs.files(), options.patience()), postgres, this::tellStarted)
                    .await(
                            progress -> Pipeline.start(
                                    directory,
                                    ports,
                                    options.partitions(),
                                    options.patience(),
                                    dataSet,
                                    options.sinks(),
                                    Map.of(),
                                    progress),
                            stop,
                            disk);
            return pipeline;
        } catch (Failure e) {
            ending.failed(e);
            throw e;
        } finally {
            if (pipeline == null) {
                ending.abandon(stop.isRequested() ? stop.code() : Failure.UNREACHABLE);
            }
        }
    }

    private int show(
            Pipeline running,
            DataDirectory directory,
            Ports ports,
            DataSet dataSet,
            DiskSpace disk,
            Logs logs,
            Ending ending)
            throws IOException {
        try (Pipeline pipeline = running;
                Dashboard dashboard = startDashboard(pipeline, dataSet, ports);
                OfferIntake intake = OfferIntake.start(pipeline.config(), dataSet, ports);
                DemoConfiguration configuration =
                        DemoConfiguration.write(directory.resolve("offerstorm.yaml"), pipeline, lakeUrl(), options);
                Feed feed = Feed.start(pipeline.config().source(), options.offers(), dataSet.mapping());
                TerminalTable table = new TerminalTable(screen, pipeline.config())) {
            int code = FINE;
            try {
                if (!follow(feed, table, disk)) {
                    code = stop.code();
                } else if (options.exitWhenDone()) {
                    tellProduced(feed.result());
                    code = compare(pipeline);
                    if (options.lake() && code == FINE) {
                        code = runLake(pipeline, directory);
                    }
                    shortfall = Shortfall.of(options.offers(), feed.result()).orElse(null);
                    if (shortfall != null) {
                        code = Failure.DIFFERENCE;
                    }
                } else {
                    tellProduced(feed.result());
                    tellDeadLetters(pipeline.config());
                    if (options.lake()) {
                        code = runLake(pipeline, directory);
                    }
                    try (LakeServe lake =
                            servesLake() && !stop.isRequested() ? serveLake(pipeline, directory, logs) : null) {
                        screen.print(Addresses.of(
                                        pipeline, dashboard, intake, lake == null ? null : lakeUrl(), directory, logs)
                                + "\nOther commands find it with --config " + configuration.file()
                                + ", such as: offerstorm trace ID\nCtrl-C ends everything.");
                        while (!isToEnd()) {
                            disk.requireToRun();
                            look(table, feed);
                        }
                        table.keep();
                    }
                }
                ending.inOrder(code);
                return code;
            } catch (Failure e) {
                ending.failed(e);
                throw e;
            } catch (IOException e) {
                Failure failure = Failure.unreachable(e.getMessage(), e);
                ending.failed(failure);
                throw failure;
            }
        }
    }

    /** One that compares and ends has nobody to look at the page. */
    private boolean servesLake() {
        return options.lake() && !options.exitWhenDone();
    }

    private String lakeUrl() {
        return lakePort == Ports.ANY ? LakeConfig.NOT_SERVED : LakeServe.url(lakePort);
    }

    private Dashboard startDashboard(Pipeline pipeline, DataSet dataSet, Ports ports) throws IOException {
        OfferstormConfig config =
                pipeline.config().watching(pipeline.figuresAddress()).askingLake(lakeUrl());
        Dashboard dashboard = Dashboard.start(config, dataSet, InetAddress.getLoopbackAddress(), ports.of(DASHBOARD));
        ports.remember(DASHBOARD, dashboard.server().port());
        screen.print("  dashboard  " + dashboard.url());
        return dashboard;
    }

    /** Until all that was produced is durable; false if the end was asked for before. */
    private boolean follow(Feed feed, TerminalTable table, DiskSpace disk) throws IOException {
        while (!isToEnd()) {
            disk.requireToRun();
            boolean produced = feed.result() != null;
            look(table, feed);
            if (produced && table.behind() == 0) {
                return true;
            }
        }
        return false;
    }

    /** Looks each period. A pipe that nobody reads any more ends the demo as it ends other programs. */
    private boolean isToEnd() {
        if (screen.isGone()) {
            stop.request(Failure.PIPE_CLOSED);
        }
        return stop.await(TerminalTable.PERIOD);
    }

    /** Draws the table. While Redis or Kafka does not answer the stream waits, and so does the demo. */
    private void look(TerminalTable table, Feed feed) {
        try {
            table.refresh(feed.handed());
            awaySince = 0;
        } catch (IOException e) {
            long now = System.nanoTime();
            if (awaySince == 0) {
                awaySince = now;
                log().warn("The table cannot be read", e);
                screen.print(e.getMessage() + "\nThe stream waits until it answers; Ctrl-C ends the demo.");
            } else if (options.exitWhenDone() && now - awaySince > PATIENCE.toNanos()) {
                throw Failure.unreachable(
                        e.getMessage() + "; given up after " + PATIENCE.toSeconds() + " s. Run the same command again:"
                                + " nothing that was acknowledged is lost",
                        e);
            }
        }
    }

    /** In a separate process, as a user would. */
    private int runLake(Pipeline pipeline, DataDirectory directory) throws IOException {
        screen.erase();
        LakeRun run = new LakeRun(pipeline.config(), directory.resolve("lake.yaml"));
        screen.print("\n$ ./offerstorm " + run.words());
        return run.await(screen::print, stop);
    }

    /** Answers the page's questions about the past; null, and the demo goes on without, if it does not start. */
    private LakeServe serveLake(Pipeline pipeline, DataDirectory directory, Logs logs) throws IOException {
        LakeRun run = new LakeRun(pipeline.config(), directory.resolve("lake.yaml"));
        Path log = logs.directory().resolve("lake-serve.log");
        LakeServe serve = LakeServe.start(LakeRun.launcher(), run.configuration(), lakePort, log);
        if (serve.await(stop)) {
            return serve;
        }
        serve.close();
        if (!stop.isRequested()) {
            screen.print("The dashboard has no lake to ask: 'lake serve' ended; " + log + " says why.");
        }
        return null;
    }

    private int compare(Pipeline pipeline) throws IOException {
        StoreTables stores = StoreTables.read(pipeline.config());
        screen.erase();
        screen.print("\n" + stores.comparison().render(screen.width()));
        screen.print(String.format(
                Locale.ROOT,
                "%,d rows in the HDFS files, one for each accepted record; %,d dead letters%s",
                stores.rows(),
                stores.deadLetters(),
                stores.letters().isEmpty() ? "" : ": " + StoreTables.describe(stores.letters())));
        if (stores.doubledRows() > 0) {
            screen.print(stores.doubledRows()
                    + " rows in the HDFS files are doubled: their partition and offset appear twice");
        }
        screen.print(stores.comparison().verdict());
        return stores.sound() ? FINE : Failure.DIFFERENCE;
    }

    private void tellProduced(ProduceResult result) {
        screen.print(String.format(
                Locale.ROOT,
                "Produced %s of %s, %,d of them deletions%s; all are durable in %s, or in the dead letters, after %.1f s.",
                Shortfall.count(result.sent(), "record"),
                options.offers().getFileName(),
                result.deletions(),
                result.skippedCount() == 0 ? "" : ", skipped " + Shortfall.count(result.skippedCount(), "line"),
                DemoSinks.titles(options.sinks()),
                seconds()));
        result.skipped().stream()
                .limit(5)
                .forEach(skipped -> screen.print("  line " + skipped.line() + " was skipped: " + skipped.why()));
        if (result.stopped() != null) {
            screen.print("  The rest of the file was not read: " + result.stopped());
        }
    }

    private void tellDeadLetters(OfferstormConfig config) throws IOException {
        Map<String, Long> letters = StoreTables.letters(config);
        if (!letters.isEmpty()) {
            screen.print(String.format(
                    Locale.ROOT,
                    "%,d dead letters, each a refused record with its reason, in topic %s: %s. docs/input.md explains the reasons.",
                    letters.values().stream().mapToLong(Long::longValue).sum(),
                    config.deadLetters().topic(),
                    StoreTables.describe(letters)));
        }
    }

    private void tellStarted(String part) {
        screen.print(String.format(Locale.ROOT, "  %-10s up after %4.1f s", part, seconds()));
    }

    private void summarize(Logs logs) {
        screen.print(String.format(
                Locale.ROOT,
                "Stopped after %.1f s; %s and %s in %s",
                seconds(),
                Shortfall.count(logs.warnings(), "warning"),
                Shortfall.count(logs.errors(), "error"),
                logs.directory()));
    }

    private DataSet dataSet() throws IOException {
        try {
            return new DataSet(ProfessionsReader.read(options.professions()), MappingFile.of(options.mapping()));
        } catch (BadProfessions | BadMapping e) {
            throw Failure.usage(e.getMessage());
        }
    }

    /** Storm, Solr and native libraries unpack into it; what a killed run left is deleted here. */
    private static void keepTemporaryFilesIn(DataDirectory directory) throws IOException {
        directory.clear("tmp");
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        ProgramDirectory.require(temporary, "--data-dir");
        System.setProperty("java.io.tmpdir", temporary.toString());
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** Not before the logs go to files. */
    private static Logger log() {
        return LoggerFactory.getLogger(Demo.class);
    }
}
