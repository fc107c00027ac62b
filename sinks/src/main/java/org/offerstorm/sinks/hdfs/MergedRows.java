package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * Up to where rows may be missing from the log, because the lake has them and their files were deleted. {@code lake maintain}
 * writes it before it deletes the first file, so who finds a row missing must read it after that. The sink does not need it: a
 * recovery reads unfinished files only, and those are never deleted.
 *
 * @param topicId Kafka's, of the topic of this epoch
 * @param epoch rows of earlier epochs are all below
 * @param next partition → first offset that is not below
 * @param digest what the lake must hold of all rows below, in the lake's own form; one line
 */
public record MergedRows(String topicId, int epoch, SortedMap<Integer, Long> next, String digest) {
    private static final String NAME = "below.txt";
    private static final String FIRST = "offerstorm merged rows 1";
    private static final String LAST = "end";
    private static final int MOST_TRIES = 5;

    public MergedRows {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    /** Whether the row at this position may be missing. */
    public boolean covers(int rowEpoch, int partition, long offset) {
        return rowEpoch < epoch || (rowEpoch == epoch && offset < next.getOrDefault(partition, 0L));
    }

    /**
     * What a directory says; empty if no file was deleted.
     *
     * @throws IOException if HDFS cannot be read, or the file is damaged
     */
    public static Optional<MergedRows> read(HdfsConfig config) throws IOException {
        try (LogFiles files = new HdfsFiles(new ClientSettings(config))) {
            Path path = path(Layout.of(config.directory()));
            for (int tries = 1; ; tries++) {
                try {
                    return Optional.of(decode(Texts.read(files, path), path));
                } catch (FileNotFoundException e) {
                    if (!files.exists(path)) {
                        return Optional.empty();
                    }
                    if (tries == MOST_TRIES) { // it is replaced at most once in a while
                        throw e;
                    }
                }
            }
        }
    }

    /**
     * Takes the place of the former one at once.
     *
     * @throws IOException if HDFS cannot be written to; the former one is as it was, or replaced
     */
    public void write(HdfsConfig config) throws IOException {
        try (LogFiles files = new HdfsFiles(new ClientSettings(config))) {
            Layout layout = Layout.of(config.directory());
            files.makeDirectory(layout.merged());
            Path part = new Path(layout.merged(), files.uniqueName());
            Texts.publish(files, layout, part, encode());
            files.replace(part, path(layout));
        }
    }

    private static Path path(Layout layout) {
        return new Path(layout.merged(), NAME);
    }

    private String encode() {
        StringBuilder text = new StringBuilder(FIRST);
        text.append("\ntopic ").append(topicId).append("\nepoch ").append(epoch);
        next.forEach((partition, offset) ->
                text.append("\nbelow ").append((int) partition).append(' ').append((long) offset));
        return text.append("\ndigest ")
                .append(digest)
                .append('\n')
                .append(LAST)
                .append('\n')
                .toString();
    }

    private static MergedRows decode(String text, Path path) throws IOException {
        String[] lines = text.split("\n", -1);
        Map<String, String> values = new HashMap<>();
        SortedMap<Integer, Long> next = new TreeMap<>();
        try {
            if (!lines[0].equals(FIRST) || !lines[lines.length - 2].equals(LAST)) {
                throw new IllegalArgumentException("its first or last line is missing");
            }
            for (int i = 1; i < lines.length - 2; i++) {
                String[] words = lines[i].split(" ", 2);
                if (words[0].equals("below")) {
                    String[] numbers = words[1].split(" ", -1);
                    next.put(Integer.valueOf(numbers[0]), Long.valueOf(numbers[1]));
                } else {
                    values.put(words[0], words[1]);
                }
            }
            return new MergedRows(
                    required(values, "topic"),
                    Integer.parseInt(required(values, "epoch")),
                    next,
                    required(values, "digest"));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException(
                    path + " is damaged (" + e.getMessage() + "), so it is not known which rows the lake alone has;"
                            + " write to it what a copy of HDFS has",
                    e);
        }
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no line " + name);
        }
        return value;
    }
}
