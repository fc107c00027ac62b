package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.offerstorm.core.model.Cell;

/**
 * Reads the log back: all rows of finished files and of files still open, these up to their last sync. May run while
 * others write. Used by the table of the local run and by checks; one thread.
 */
public final class HdfsOffers implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final LogFiles files;
    private final StagedFiles staged;
    private final Duration patience;
    private final AtomicInteger waits = new AtomicInteger();

    /** Takes rows and the directory of their file. */
    @FunctionalInterface
    public interface PlacedConsumer {
        /**
         * One row.
         *
         * @param directory {@code dt=YYYY-MM-DD} of a finished file; null while the file is open
         */
        void accept(OfferRow row, String directory);
    }

    /**
     * A row that is looked for.
     *
     * @param timestampMillis of its record: the date of its file
     */
    public record Wanted(int epoch, int partition, long offset, long timestampMillis) {}

    /** Takes a row and the path of its file. */
    @FunctionalInterface
    public interface Finds {
        void accept(OfferRow row, String path, boolean open);
    }

    /**
     * How much a search read.
     *
     * @param read files of which all blocks were read
     * @param passed files that were not, because of their date or of what their header says
     */
    public record Searched(int read, int passed) {}

    /** @throws IOException if the address is not HDFS */
    public HdfsOffers(HdfsConfig config) throws IOException {
        this(config, Duration.ZERO);
    }

    /**
     * As {@link #HdfsOffers(HdfsConfig)}, with patience for files that are being written.
     *
     * @param patience how long to wait for one of which no DataNode says how long it is
     * @throws IOException if the address is not HDFS
     */
    public HdfsOffers(HdfsConfig config, Duration patience) throws IOException {
        this.files = new HdfsFiles(new ClientSettings(config));
        this.staged = new StagedFiles(files, Layout.of(config.directory()));
        this.patience = patience;
    }

    /** How often it waited for a file. Any thread. */
    int waits() {
        return waits.get();
    }

    /**
     * Hands every row to {@code consumer}, each once, in no particular order.
     *
     * @throws IOException if HDFS cannot be read, or holds open files of a crash that no writer has recovered yet; rows
     *     may have been handed over before
     */
    public void forEach(Consumer<OfferRow> consumer) throws IOException {
        forEachPlaced((row, directory) -> consumer.accept(row));
    }

    /**
     * As {@link #forEach}, with the directory of each row's file.
     *
     * @throws IOException if HDFS cannot be read, or holds open files of a crash that no writer has recovered yet; rows
     *     may have been handed over before
     */
    public void forEachPlaced(PlacedConsumer consumer) throws IOException {
        for (Map.Entry<String, LogFiles.Entry> file : staged.list().entrySet()) {
            each(file, metadata -> true, row -> true, (row, path) -> consumer.accept(row, staged.directory(path)));
        }
    }

    /**
     * Hands over all rows of one offer.
     *
     * @throws IOException if HDFS cannot be read; rows may have been handed over before
     */
    public Searched find(String id, Finds finds) throws IOException {
        return find(id, path -> true, metadata -> true, finds);
    }

    /**
     * Hands over rows of one offer, at least these: reads the files of their dates and the open ones, without those whose
     * header says that these rows were durable before the file was made.
     *
     * @throws IOException if HDFS cannot be read; rows may have been handed over before
     */
    public Searched find(String id, Collection<Wanted> wanted, Finds finds) throws IOException {
        Set<String> dates = new HashSet<>();
        wanted.forEach(row -> dates.add(Layout.finished(Layout.dateOf(row.timestampMillis()))));
        return find(
                id,
                path -> staged.directory(path) == null || dates.contains(staged.directory(path)),
                metadata -> metadata == null
                        || wanted.stream()
                                .anyMatch(row -> metadata.coverage().epoch() != row.epoch()
                                        || !metadata.coverage().has(row.partition(), row.offset())),
                finds);
    }

    private Searched find(String id, Predicate<Path> dated, Predicate<FileMetadata> mayHold, Finds finds)
            throws IOException {
        int read = 0;
        int passed = 0;
        for (Map.Entry<String, LogFiles.Entry> file : staged.list().entrySet()) {
            boolean isRead = dated.test(file.getValue().path())
                    && each(
                            file,
                            mayHold,
                            row -> OfferSchema.id(row).equals(id),
                            (row, path) -> finds.accept(row, path.toString(), staged.directory(path) == null));
            read += isRead ? 1 : 0;
            passed += isRead ? 0 : 1;
        }
        return new Searched(read, passed);
    }

    /** Reads a file, also if it is moved in the meantime; false if its metadata says that there is no need. */
    private boolean each(
            Map.Entry<String, LogFiles.Entry> file,
            Predicate<FileMetadata> wanted,
            Predicate<GenericRecord> rows,
            BiConsumer<OfferRow, Path> consumer)
            throws IOException {
        Path path = file.getValue().path();
        long read = 0;
        long deadline = System.nanoTime() + patience.toNanos();
        while (path != null) {
            Path current = path;
            try (BlockReader reader = BlockReader.open(files, path)) {
                if (!wanted.test(reader.metadata())) {
                    return false;
                }
                read(reader, read, rows, row -> consumer.accept(row, current));
                path = null;
            } catch (Moved e) {
                read = e.blocksRead;
                path = staged.find(file.getKey()); // none if it had no row and was dropped
            } catch (FileNotFoundException e) {
                path = staged.find(file.getKey());
            } catch (LengthUnknown e) { // at its opening: nothing of it was handed over since
                if (System.nanoTime() - deadline >= 0) {
                    throw e;
                }
                pause();
                path = staged.find(file.getKey());
            }
        }
        return true;
    }

    private void pause() throws InterruptedIOException {
        waits.incrementAndGet();
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a file in HDFS could not be read");
        }
    }

    /** For each cell the number of offers whose newest version is in it, deleted ones left out. */
    public Map<Cell, Long> table() throws IOException {
        Map<String, Newest> newest = new HashMap<>();
        forEach(row -> newest.merge(
                row.id(),
                new Newest(row.version(), row.cell()),
                (old, other) -> other.version() > old.version() ? other : old));
        Map<Cell, Long> counts = new HashMap<>();
        for (Newest offer : newest.values()) {
            if (offer.cell() != null) {
                counts.merge(offer.cell(), 1L, Long::sum);
            }
        }
        return counts;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** Hands over the rows of all blocks after the first {@code skip}, which were handed over from the file's last place. */
    private static void read(
            BlockReader reader, long skip, Predicate<GenericRecord> wanted, Consumer<OfferRow> consumer)
            throws IOException, Moved {
        OfferSchema.Decoder decoder = new OfferSchema.Decoder();
        long blocks = 0;
        try {
            List<GenericRecord> rows;
            while ((rows = reader.next()) != null) {
                if (blocks >= skip) {
                    for (GenericRecord row : rows) {
                        if (wanted.test(row)) {
                            consumer.accept(decoder.decode(row));
                        }
                    }
                }
                blocks++;
            }
        } catch (FileNotFoundException e) {
            throw new Moved(Math.max(blocks, skip));
        }
    }

    private record Newest(long version, Cell cell) {}

    /** The file was moved while it was read. */
    private static final class Moved extends Exception {
        private static final long serialVersionUID = 1L;

        private final long blocksRead;

        Moved(long blocksRead) {
            this.blocksRead = blocksRead;
        }
    }
}
