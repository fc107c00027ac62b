package org.offerstorm.lake.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which finished files have no row above a cut, next to the tables. A run leaves those out, so its cost does not grow
 * with the log. It may be lost at any time; then all files are read again.
 */
final class FinishedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedFiles.class);
    private static final String NAME = "_read";
    private static final String END = "end ";

    private final Path path;
    private final Configuration hadoop;

    FinishedFiles(String warehouse, Configuration hadoop) {
        this.path = new Path(warehouse, NAME);
        this.hadoop = hadoop;
    }

    /** Files that have no row above {@code from}, by identity; empty if that is not known. */
    Set<String> below(OffsetVector from) {
        try {
            FileSystem files = path.getFileSystem(hadoop);
            if (!files.exists(path)) {
                return Set.of();
            }
            try (FSDataInputStream in = files.open(path)) {
                List<String> lines =
                        new String(in.readAllBytes(), UTF_8).lines().toList();
                int last = lines.size() - 1;
                boolean whole = last >= 1 && lines.get(last).equals(END + (last - 1));
                return whole && from.covers(OffsetVector.decode(lines.get(0)))
                        ? new TreeSet<>(lines.subList(1, last))
                        : Set.of();
            }
        } catch (IOException | IllegalArgumentException e) { // as good as lost
            return Set.of();
        }
    }

    /** Notes that these have no row above {@code to}. */
    void write(OffsetVector to, Collection<String> identities) {
        StringBuilder text = new StringBuilder().append(to.encode()).append('\n');
        identities.forEach(identity -> text.append(identity).append('\n'));
        text.append(END).append(identities.size()).append('\n');
        try {
            FileSystem files = path.getFileSystem(hadoop);
            try (FSDataOutputStream out = files.create(path, true)) {
                out.write(text.toString().getBytes(UTF_8));
            }
        } catch (IOException e) {
            LOG.debug("the next run reads more than it must", e);
        }
    }
}
