package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.offerstorm.core.model.Cell;

/**
 * Reads the log back: all rows of finished files and of files still open, these up to their last sync. May run while
 * others write. Used by the table of the local run and by checks; one thread.
 */
public final class HdfsOffers implements AutoCloseable {
    private final LogFiles files;
    private final StagedFiles staged;

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

    /** @throws IOException if the address is not HDFS */
    public HdfsOffers(HdfsConfig config) throws IOException {
        this.files = new HdfsFiles(new ClientSettings(config));
        this.staged = new StagedFiles(files, Layout.of(config.directory()));
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
            Path path = file.getValue().path();
            long read = 0;
            while (path != null) {
                String directory = staged.directory(path);
                try (BlockReader reader = BlockReader.open(files, path)) {
                    read(reader, read, row -> consumer.accept(row, directory));
                    path = null;
                } catch (Moved e) {
                    read = e.blocksRead;
                    path = staged.find(file.getKey()); // none if it had no row and was dropped
                } catch (FileNotFoundException e) {
                    path = staged.find(file.getKey());
                }
            }
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
    private static void read(BlockReader reader, long skip, Consumer<OfferRow> consumer) throws IOException, Moved {
        OfferSchema.Decoder decoder = new OfferSchema.Decoder();
        long blocks = 0;
        try {
            List<GenericRecord> rows;
            while ((rows = reader.next()) != null) {
                if (blocks >= skip) {
                    for (GenericRecord row : rows) {
                        consumer.accept(decoder.decode(row));
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
