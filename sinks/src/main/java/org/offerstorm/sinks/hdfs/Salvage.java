package org.offerstorm.sinks.hdfs;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;

/**
 * Replaces a torn file by a copy of its whole blocks under the same name, so that every reader can read it. The exchange
 * is one atomic rename: there is never a moment with both or with neither.
 */
final class Salvage implements Closeable {
    private final LogFiles files;
    private final Path torn;
    private final Path copy;
    private final BlockReader reader;
    private final OpenFile writer;

    private Salvage(LogFiles files, Path torn, Path copy, BlockReader reader, OpenFile writer) {
        this.files = files;
        this.torn = torn;
        this.copy = copy;
        this.reader = reader;
        this.writer = writer;
    }

    static Salvage start(LogFiles files, Path torn, int attempt) throws IOException {
        Path copy = new Path(torn.getParent(), torn.getName() + "-" + attempt + Layout.SALVAGE_SUFFIX);
        BlockReader reader = BlockReader.open(files, torn);
        try {
            return new Salvage(
                    files, torn, copy, reader, OpenFile.create(files, copy, OfferSchema.SCHEMA, reader.metadata()));
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** Copies blocks; returns whether the file is replaced. */
    boolean advance(Budget budget) throws IOException {
        do {
            List<GenericRecord> rows = reader.next();
            if (rows == null) {
                writer.sync();
                writer.close();
                reader.close();
                files.replace(copy, torn);
                return true;
            }
            for (GenericRecord row : rows) {
                writer.append(row);
            }
            writer.endBlock();
        } while (!budget.isSpent());
        return false;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
