package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code offerstorm cluster logs}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "The end of the log of a server, or of a worker, also of one that has ended.")
final class LogsCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin
    private ClusterOptions options;

    @Parameters(
            paramLabel = "NAME",
            description = "A name that 'cluster status' shows, such as nimbus or worker-15005.")
    private String name;

    @Option(names = "-n", paramLabel = "N", description = "Lines. Default: 20.")
    private int lines = 20;

    @Option(names = "-f", description = "Go on with what is written, until Ctrl-C.")
    private boolean follow;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (lines < 0 || lines > 1_000_000) {
            throw Failure.usage("-n is " + lines + "; it must be 0 to 1000000");
        }
        ClusterDirectory directory = ClusterDirectory.existing(options.directory());
        Path log = name.startsWith(WorkerProcesses.PREFIX)
                ? ofWorker(directory)
                : directory.log(Blueprint.of(directory, 0).server(name).name());
        if (!Files.exists(log)) {
            throw Failure.unreachable(name + " has no log, for it never ran; 'offerstorm cluster up' starts it", null);
        }
        PrintWriter out = spec.commandLine().getOut();
        long end = Files.size(log);
        LogTail.of(log, lines).forEach(out::println);
        out.flush();
        while (follow && !out.checkError()) {
            Pause.of(POLL);
            end = copy(log, end, out);
        }
        return 0;
    }

    /** The newest log of that port: several topologies may have used it. */
    private Path ofWorker(ClusterDirectory directory) throws IOException {
        String port = name.substring(WorkerProcesses.PREFIX.length());
        Path all = directory.resolve("logs").resolve("workers");
        if (Files.isDirectory(all)) {
            try (Stream<Path> topologies = Files.list(all)) {
                Optional<Path> newest = topologies
                        .map(topology -> topology.resolve(port).resolve("worker.log"))
                        .filter(Files::exists)
                        .max(Comparator.comparing(LogsCommand::time));
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw Failure.usage("no worker on port " + port + " has written a log in " + all
                + "; 'offerstorm cluster status' shows the workers");
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Prints what stands behind {@code from}; from the beginning if the file was begun anew. Returns where it ends. */
    private static long copy(Path log, long from, PrintWriter out) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long length = file.length();
            long begin = length < from ? 0 : from;
            byte[] bytes = new byte[(int) Math.min(length - begin, 1 << 20)];
            file.seek(begin);
            file.readFully(bytes);
            // Whole lines: half a character cannot be printed.
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            out.print(new String(bytes, 0, end, StandardCharsets.UTF_8));
            out.flush();
            return begin + end;
        }
    }
}
