package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;

/** The log of a server, or of a worker, also of one that has ended. Used by one thread. */
public final class ServerLog {
    private static final int CHUNK = 1 << 20;

    private final Path file;
    private long read;

    private ServerLog(Path file) throws IOException {
        this.file = file;
        this.read = Files.size(file);
    }

    /**
     * Finds it.
     *
     * @param cluster directory of the cluster
     * @param name as {@code cluster status} shows it
     * @throws Failure if there is no cluster, no such server or no log
     */
    public static ServerLog of(Path cluster, String name) throws IOException {
        ClusterDirectory directory = ClusterDirectory.existing(cluster);
        Path file = name.startsWith(WorkerProcesses.PREFIX)
                ? ofWorker(directory, name)
                : directory.log(Blueprint.of(directory, 0).server(name).name());
        if (!Files.exists(file)) {
            throw Failure.unreachable(
                    name + " has no log because it never ran; 'offerstorm cluster up' starts it", null);
        }
        return new ServerLog(file);
    }

    /** Its last lines, at most {@code lines}. */
    public List<String> tail(int lines) throws IOException {
        return LogTail.of(file, lines);
    }

    /**
     * Whole lines that were written since this object was made, or since the last call; from the beginning if the file has become
     * shorter. At most 1 MiB of them.
     */
    public String next() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long length = log.length();
            long begin = length < read ? 0 : read;
            byte[] bytes = new byte[(int) Math.min(length - begin, CHUNK)];
            log.seek(begin);
            log.readFully(bytes);
            // Whole lines: half a character cannot be printed.
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            read = begin + end;
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        }
    }

    /** The newest log of that port: several topologies may have used it. */
    private static Path ofWorker(ClusterDirectory directory, String name) throws IOException {
        String port = name.substring(WorkerProcesses.PREFIX.length());
        Path all = directory.resolve("logs").resolve("workers");
        if (Files.isDirectory(all)) {
            try (Stream<Path> topologies = Files.list(all)) {
                Optional<Path> newest = topologies
                        .map(topology -> topology.resolve(port).resolve("worker.log"))
                        .filter(Files::exists)
                        .max(Comparator.comparing(ServerLog::time));
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
}
