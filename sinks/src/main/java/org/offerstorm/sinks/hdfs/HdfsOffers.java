package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.offerstorm.core.model.Cell;

/**
 * Reads the log back: all rows of finished files and of files still open, these up to their last sync. May run while
 * others write. Used by the table of the local run and by checks; one thread.
 */
public final class HdfsOffers implements AutoCloseable {
    /** Names that this sink gives are unique; those of other tools (compaction) only with their directory. */
    private static final Pattern OWN_NAME = Pattern.compile("s\\d+-\\d+-\\d+\\.avro");

    private final LogFiles files;
    private final Layout layout;

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
        this.files = new HdfsFiles(new ClientSettings(config));
        this.layout = Layout.of(config.directory());
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
        for (Map.Entry<String, Path> file : list().entrySet()) {
            each(file, metadata -> true, row -> true, (row, path) -> consumer.accept(row, directory(path)));
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
                path -> directory(path) == null || dates.contains(directory(path)),
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
        for (Map.Entry<String, Path> file : list().entrySet()) {
            boolean isRead = dated.test(file.getValue())
                    && each(
                            file,
                            mayHold,
                            row -> OfferSchema.id(row).equals(id),
                            (row, path) -> finds.accept(row, path.toString(), directory(path) == null));
            read += isRead ? 1 : 0;
            passed += isRead ? 0 : 1;
        }
        return new Searched(read, passed);
    }

    /** Reads a file, also if it is moved in the meantime; false if its metadata says that there is no need. */
    private boolean each(
            Map.Entry<String, Path> file,
            Predicate<FileMetadata> wanted,
            Predicate<GenericRecord> rows,
            BiConsumer<OfferRow, Path> consumer)
            throws IOException {
        Path path = file.getValue();
        long read = 0;
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
                path = list().get(file.getKey()); // none if it had no row and was dropped
            } catch (FileNotFoundException e) {
                path = list().get(file.getKey());
            }
        }
        return true;
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

    /**
     * Files by name, which is unique and stays while a file goes from _open over _recover to its date. Read in the
     * direction in which files move, none is missed.
     */
    private Map<String, Path> list() throws IOException {
        Map<String, Path> found = new TreeMap<>();
        for (Path parent : List.of(layout.open(), layout.recover())) {
            for (LogFiles.Entry slot : files.list(parent)) {
                addFiles(slot.path(), found);
            }
        }
        addFiles(layout.offers(), found);
        return found;
    }

    private void addFiles(Path parent, Map<String, Path> found) throws IOException {
        for (LogFiles.Entry directory : files.list(parent)) {
            if (directory.directory()) {
                for (LogFiles.Entry file : files.list(directory.path())) {
                    if (file.name().endsWith(Layout.SUFFIX)) {
                        boolean own = OWN_NAME.matcher(file.name()).matches();
                        Path known = own ? found.get(file.name()) : null;
                        // Two finished files of one name are not one that moved: somebody copied it.
                        boolean copied = known != null && directory(known) != null;
                        found.put(own && !copied ? file.name() : file.path().toString(), file.path());
                    }
                }
            }
        }
    }

    /** The directory of a finished file; null for one that is open. */
    private String directory(Path file) {
        return layout.offers().equals(file.getParent().getParent())
                ? file.getParent().getName()
                : null;
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
