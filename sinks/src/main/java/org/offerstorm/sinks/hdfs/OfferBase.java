package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;

/**
 * The newest version of each offer below some offsets, deleted offers too, in one Avro file of {@code conf/offer.avsc}: what
 * is known of records that the topic no longer has. {@code lake trim} writes it before it deletes records, {@code verify}
 * begins with it. A new one replaces the former at once, so a reader finds one of the two, whole. One thread.
 */
public final class OfferBase implements AutoCloseable {
    private static final String NAME = "base.avro";
    private static final String UNFINISHED = ".part";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final String TOPIC_ID = "offerstorm.topic-id";
    private static final String EPOCH = "offerstorm.epoch";
    private static final String OFFSETS = "offerstorm.offsets";
    private static final String ROWS = "offerstorm.rows";

    private final LogFiles files;
    private final Path path;
    private final BlockReader reader;
    private final Cut cut;
    private final OfferSchema.Decoder decoder = new OfferSchema.Decoder();
    /** Where each block begins, and the number of its first row. */
    private final List<Block> blocks = new ArrayList<>();

    private OfferBase(LogFiles files, Path path, BlockReader reader, Cut cut) {
        this.files = files;
        this.path = path;
        this.reader = reader;
        this.cut = cut;
    }

    private record Block(long position, long firstRow) {}

    /**
     * Up to where it is known.
     *
     * @param topicId Kafka's, of the topic of the newest epoch
     * @param epoch that one; records of earlier epochs are all below the cut
     * @param next partition → first offset that is not below it
     * @param rows number of offers
     */
    public record Cut(String topicId, int epoch, SortedMap<Integer, Long> next, long rows) {
        public Cut {
            next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
        }
    }

    /** The file is not as it was written. */
    public static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        private Damaged(Path path, String what) {
            super(path + " is damaged: " + what);
        }
    }

    /**
     * Writes one in place of the former.
     *
     * @param directory path in HDFS; made if it is missing
     * @param rows each offer once, in the form of {@link StagedLog#schema}
     * @throws IOException if HDFS cannot be written to, or there are more or fewer rows than {@code cut} says; the former
     *     one is as it was
     */
    public static void write(HdfsConfig config, String directory, Cut cut, Iterator<GenericRecord> rows)
            throws IOException {
        try (LogFiles files = new HdfsFiles(new ClientSettings(config))) {
            Path parent = new Path(directory);
            files.makeDirectory(parent);
            Path part = new Path(parent, NAME + "-" + files.uniqueName() + UNFINISHED);
            long written = write(files, part, cut, rows);
            if (written != cut.rows()) {
                files.delete(part);
                throw new IOException(written + " offers came for " + parent + "/" + NAME + ", and " + cut.rows()
                        + " were announced; nothing was replaced");
            }
            files.replace(part, new Path(parent, NAME));
            for (LogFiles.Entry child : files.list(parent)) {
                if (child.name().endsWith(UNFINISHED)
                        && System.currentTimeMillis() - child.modified() > ABANDONED.toMillis()) {
                    files.delete(child.path());
                }
            }
        }
    }

    private static long write(LogFiles files, Path part, Cut cut, Iterator<GenericRecord> rows) throws IOException {
        try (LogFiles.Output out = files.create(part);
                DataFileWriter<GenericRecord> writer =
                        new DataFileWriter<>(new GenericDatumWriter<>(OfferSchema.SCHEMA))) {
            writer.setCodec(BlockCodec.require());
            writer.setSyncInterval(files.blockBytes());
            writer.setMeta(TOPIC_ID, cut.topicId());
            writer.setMeta(EPOCH, cut.epoch());
            writer.setMeta(OFFSETS, encode(cut.next()));
            writer.setMeta(ROWS, cut.rows());
            writer.create(OfferSchema.SCHEMA, out);
            long written = 0;
            while (rows.hasNext()) {
                writer.append(rows.next());
                written++;
            }
            writer.flush();
            out.sync();
            return written;
        }
    }

    /**
     * Opens the one in a directory.
     *
     * @return null if there is none
     * @throws IOException if HDFS cannot be read
     */
    public static OfferBase open(HdfsConfig config, String directory) throws IOException, Damaged {
        LogFiles files = new HdfsFiles(new ClientSettings(config));
        BlockReader reader = null;
        boolean opened = false;
        try {
            Path path = new Path(directory, NAME);
            try {
                reader = BlockReader.open(files, path);
            } catch (FileNotFoundException e) {
                return null;
            }
            OfferBase base = new OfferBase(files, path, reader, cut(path, reader));
            opened = true;
            return base;
        } finally {
            if (!opened) {
                if (reader != null) {
                    reader.close();
                }
                files.close();
            }
        }
    }

    /** Up to where it is known. */
    public Cut cut() {
        return cut;
    }

    /**
     * Hands over all rows, in the file's order; once.
     *
     * @throws IOException if HDFS cannot be read
     * @throws Damaged if a row is missing; others may have been handed over
     */
    public void forEach(Consumer<OfferRow> consumer) throws IOException, Damaged {
        long read = 0;
        long position = reader.position();
        List<GenericRecord> rows;
        while ((rows = reader.next()) != null) {
            blocks.add(new Block(position, read));
            rows.forEach(row -> consumer.accept(decoder.decode(row)));
            read += rows.size();
            if (reader.isTorn()) { // where the next block begins is not known
                break;
            }
            position = reader.position();
        }
        if (reader.isTorn() || read != cut.rows()) {
            throw new Damaged(path, "it holds " + read + " of " + cut.rows() + " offers");
        }
    }

    /**
     * A row again.
     *
     * @param number in the order in which they were handed over, from 0
     * @throws IOException if HDFS cannot be read, or the file was replaced
     */
    public OfferRow row(long number) throws IOException {
        int at = blocks.size() - 1;
        while (blocks.get(at).firstRow() > number) {
            at--;
        }
        reader.seek(blocks.get(at).position());
        List<GenericRecord> rows = reader.next();
        int place = (int) (number - blocks.get(at).firstRow());
        if (rows == null || place >= rows.size()) {
            throw new IOException(path + " was changed while it was read; try again");
        }
        return decoder.decode(rows.get(place));
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            files.close();
        }
    }

    private static Cut cut(Path path, BlockReader reader) throws Damaged {
        try {
            return new Cut(
                    property(path, reader, TOPIC_ID),
                    Integer.parseInt(property(path, reader, EPOCH)),
                    decode(property(path, reader, OFFSETS)),
                    Long.parseLong(property(path, reader, ROWS)));
        } catch (NumberFormatException e) {
            throw new Damaged(path, "its header holds no offsets, " + e.getMessage());
        }
    }

    private static String property(Path path, BlockReader reader, String name) throws Damaged {
        String value = reader.property(name);
        if (value == null) {
            throw new Damaged(path, "its header has no property " + name);
        }
        return value;
    }

    /** {@code 0:100;3:7}. */
    private static String encode(SortedMap<Integer, Long> next) {
        StringBuilder text = new StringBuilder();
        next.forEach((partition, offset) -> text.append(text.isEmpty() ? "" : ";")
                .append((int) partition)
                .append(':')
                .append((long) offset));
        return text.toString();
    }

    private static SortedMap<Integer, Long> decode(String text) {
        SortedMap<Integer, Long> next = new TreeMap<>();
        for (String each : text.isEmpty() ? new String[0] : text.split(";", -1)) {
            String[] parts = each.split(":", -1);
            if (parts.length != 2) {
                throw new NumberFormatException("not '" + each + "'");
            }
            next.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1]));
        }
        return next;
    }
}
