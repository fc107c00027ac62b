package org.offerstorm.sinks.hdfs;

import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;

/** Reads files for the coverage that their metadata and rows give, some blocks at a time. */
final class Scan implements Closeable {
    private final LogFiles files;
    private final Coverage coverage;
    private final Deque<Path> left;
    private final List<Recovered> results = new ArrayList<>();
    private final List<FileMetadata> metadata = new ArrayList<>();
    private Path path;
    private BlockReader reader;
    private LocalDate date;

    /** @param coverage receives what the files cover */
    Scan(LogFiles files, Collection<Path> paths, Coverage coverage) {
        this.files = files;
        this.left = new ArrayDeque<>(paths);
        this.coverage = coverage;
    }

    /**
     * Goes on reading; at least one block.
     *
     * @return whether all files are read
     * @throws java.io.FileNotFoundException if one is gone
     */
    boolean advance(Budget budget) throws IOException {
        do {
            if (reader == null) {
                if (left.isEmpty()) {
                    return true;
                }
                openNext();
            }
            List<GenericRecord> rows = reader.next();
            if (rows == null) {
                finishFile();
            } else {
                add(rows);
            }
        } while (!budget.isSpent());
        return left.isEmpty() && reader == null;
    }

    /** The files, in the order given. */
    List<Recovered> results() {
        return results;
    }

    /** Metadata of the files that have it. */
    List<FileMetadata> metadata() {
        return metadata;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private void openNext() throws IOException {
        path = left.poll();
        date = null;
        reader = BlockReader.open(files, path);
        if (reader.metadata() != null) {
            metadata.add(reader.metadata());
            coverage.union(reader.metadata().coverage());
        }
    }

    private void finishFile() throws IOException {
        results.add(new Recovered(path, date, reader.isTorn(), reader.isEmpty()));
        close();
    }

    private void add(List<GenericRecord> rows) {
        for (GenericRecord row : rows) {
            if (date == null) {
                date = Layout.dateOf(OfferSchema.timestamp(row));
            }
            if (OfferSchema.epoch(row) == coverage.epoch()) {
                long offset = OfferSchema.offset(row);
                coverage.add(OfferSchema.partition(row), offset, offset + 1);
            }
        }
    }
}
