package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log in HDFS for a batch job: which files there are, up to which offsets they hold everything, and their rows. May be
 * used while the stream writes; one thread. Every method throws {@link IOException} if HDFS cannot be read.
 */
public final class StagedLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StagedLog.class);

    private final LogFiles files;
    private final Layout layout;
    private final StagedFiles staged;

    /**
     * A file of the log.
     *
     * @param key its name; its path where the name may not be unique
     * @param path where it was; an unfinished one moves
     * @param finished whether it never changes any more
     * @param length bytes, of one that is finished
     * @param modified when it was closed, milliseconds since 1970
     */
    public record LogFile(String key, String path, boolean finished, long length, long modified)
            implements Serializable {
        /** Names this file and no other, if it is finished; without line breaks. */
        public String identity() {
            return key + " " + length + " " + modified;
        }
    }

    /**
     * Whose log it is.
     *
     * @param group the consumer group
     * @param epoch the newest one
     */
    public record Stream(String group, String topic, String topicId, int epoch, int partitions) {
        private static Stream of(StreamIdentity stored) {
            return new Stream(stored.group(), stored.topic(), stored.topicId(), stored.epoch(), stored.partitions());
        }
    }

    /** @throws IOException if the address is not HDFS */
    public StagedLog(HdfsConfig config) throws IOException {
        this.files = new HdfsFiles(new ClientSettings(config));
        this.layout = Layout.of(config.directory());
        this.staged = new StagedFiles(files, layout);
    }

    /** The form of the rows: {@code conf/offer.avsc}. */
    public static Schema schema() {
        return OfferSchema.SCHEMA;
    }

    /** Copies that the cluster makes of a block. */
    public static int replication(HdfsConfig config) throws IOException {
        ClientSettings settings = new ClientSettings(config);
        try (var hdfs = settings.connect()) {
            return settings.replication() > 0
                    ? settings.replication()
                    : hdfs.getServerDefaults(new Path(config.directory())).getReplication();
        }
    }

    /** The stream that writes here; empty if none has begun. */
    public Optional<Stream> stream() throws IOException {
        try {
            return Optional.ofNullable(new Streams(files, layout).stored()).map(Stream::of);
        } catch (WrongStream e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The stream's logs, one for each epoch, the lowest first. */
    public List<Stream> streams() throws IOException {
        SortedMap<Integer, Stream> byEpoch = new TreeMap<>();
        Streams generations = new Streams(files, layout);
        try {
            for (int generation = 1; generation <= generations.latest(); generation++) {
                StreamIdentity stored = generations.read(generation);
                byEpoch.put(stored.epoch(), Stream.of(stored));
            }
        } catch (WrongStream e) {
            throw new IOException(e.getMessage(), e);
        }
        return List.copyOf(byEpoch.values());
    }

    /**
     * For each partition the offset below which every accepted record of this epoch is in the files: what the headers of
     * unfinished files state. Rows that {@link #files()} lists afterwards include all of them.
     */
    public SortedMap<Integer, Long> floors(int epoch) throws IOException {
        Coverage coverage = new Coverage(epoch);
        for (LogFiles.Entry file : staged.unfinished().values()) {
            Path path = file.path();
            try (BlockReader reader = BlockReader.open(files, path)) {
                if (reader.metadata() != null) {
                    coverage.union(reader.metadata().coverage());
                }
            } catch (FileNotFoundException e) {
                LOG.debug("{} moved: what the other headers state is true nevertheless", path);
            }
        }
        return coverage.floors();
    }

    /** All files, finished and not. */
    public List<LogFile> files() throws IOException {
        return staged.list().entrySet().stream()
                .map(file -> new LogFile(
                        file.getKey(),
                        file.getValue().path().toString(),
                        staged.directory(file.getValue().path()) != null,
                        file.getValue().length(),
                        file.getValue().modified()))
                .toList();
    }

    /** The rows of a file, in its order, also if it moves meanwhile; none if it was dropped, because it had no row. */
    public Blocks open(LogFile file) {
        return new Blocks(file);
    }

    /**
     * Deletes a finished file that is still the one that was listed. Write {@link MergedRows} before.
     *
     * @return whether it did
     * @throws IllegalArgumentException if the file is not finished: its writer, or a recovery, needs it
     */
    public boolean delete(LogFile file) throws IOException {
        Path path = new Path(file.path());
        if (!file.finished() || staged.directory(path) == null) {
            throw new IllegalArgumentException(file.path() + " is not finished");
        }
        for (LogFiles.Entry entry : files.list(path.getParent())) {
            if (entry.path().equals(path) && entry.length() == file.length() && entry.modified() == file.modified()) {
                files.delete(path);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** The blocks of one file. */
    public final class Blocks implements AutoCloseable {
        private final LogFile file;
        private Path path;
        private BlockReader reader;
        private long read;
        private boolean torn;

        private Blocks(LogFile file) {
            this.file = file;
            this.path = new Path(file.path());
        }

        /**
         * The rows of the next whole block; null at the end.
         *
         * @throws IOException if HDFS cannot be read
         */
        public List<GenericRecord> next() throws IOException {
            while (path != null) {
                try {
                    if (reader == null) {
                        reader = BlockReader.open(files, path);
                        skip();
                    }
                    List<GenericRecord> rows = reader.next();
                    torn = reader.isTorn();
                    read++;
                    return rows;
                } catch (FileNotFoundException e) {
                    close();
                    path = staged.find(file.key());
                }
            }
            return null;
        }

        /** Whether a part of what was read so far is damaged: its rows were not handed over. */
        public boolean isTorn() {
            return torn;
        }

        @Override
        public void close() throws IOException {
            if (reader != null) {
                reader.close();
                reader = null;
            }
        }

        /** What was read from the file's last place. */
        private void skip() throws IOException {
            for (long i = 0; i < read; i++) {
                reader.next();
            }
        }
    }
}
