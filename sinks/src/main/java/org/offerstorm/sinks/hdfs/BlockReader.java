package org.offerstorm.sinks.hdfs;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole blocks of an Avro file that may end anywhere, or be damaged: a block is returned with all its rows or
 * not at all. Damage never shows as an exception; a failing file system always does, so that an outage is not taken for
 * damage.
 */
final class BlockReader implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockReader.class);

    private final Path path;
    private final WatchedInput input;
    /** Null if not even the file's header is whole, or nothing is left to read. */
    private DataFileReader<GenericRecord> reader;

    private FileMetadata metadata;
    private boolean empty;
    /** Where the first block begins. */
    private long headerEnd;

    private boolean torn;
    private boolean tornBeforeWhole;

    private BlockReader(Path path, SeekableInput input) {
        this.path = path;
        this.input = new WatchedInput(input);
    }

    /** Opens the file up to its last sync. */
    static BlockReader open(LogFiles files, Path path) throws IOException {
        return open(path, files.open(path));
    }

    /** Takes over {@code input}. */
    static BlockReader open(Path path, SeekableInput input) throws IOException {
        BlockReader reader = new BlockReader(path, input);
        try {
            reader.readHeader();
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    /** Null if the file ends within its header, so that it never held a durable row, or was not made by this sink. */
    FileMetadata metadata() {
        return metadata;
    }

    /** A property of the file; null if it has none of this name, or its header is not whole. */
    String property(String name) {
        return reader == null ? null : reader.getMetaString(name);
    }

    /** Where the next block begins; before the end. */
    long position() {
        return reader.previousSync();
    }

    /** Continues at a place that {@link #position} named. */
    void seek(long position) throws IOException {
        reader.seek(position);
    }

    /** Whether bytes were left out so far. */
    boolean isTorn() {
        return torn;
    }

    /**
     * Whether the file never held an acknowledged row: it ends within its header, behind it, or within its first block.
     * After the last block was read.
     */
    boolean isEmpty() {
        return empty;
    }

    /** The rows of the next whole block; null at the end. */
    List<GenericRecord> next() throws IOException {
        while (reader != null) {
            long start = reader.previousSync();
            List<GenericRecord> rows = readBlock(start);
            if (rows == null) {
                if (start >= input.length()) {
                    return null;
                }
                if (start == headerEnd) {
                    empty = isCutBlock() && isHeaderWhole();
                }
                torn = true;
                skipPast(start);
                continue;
            }
            if (torn && !tornBeforeWhole) {
                tornBeforeWhole = true;
                LOG.error(
                        "{} is damaged in its middle, before byte {}: rows may be missing; compare it with the topic",
                        path,
                        start);
            }
            return rows;
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private void readHeader() throws IOException {
        BlockCodec.require(); // without it a file that is whole would look empty
        try {
            reader = new DataFileReader<>(input, new GenericDatumReader<>(null, OfferSchema.SCHEMA));
        } catch (Throwable e) {
            checkIsDamage(e);
            torn = true;
            empty = endsWithinHeader();
            if (empty) {
                LOG.info("{} ends within its header ({}); it holds no row", path, e.toString());
            } else {
                LOG.error("{} has a damaged header ({}); none of its rows can be read", path, e.toString());
            }
            return;
        }
        headerEnd = reader.previousSync();
        empty = input.length() <= headerEnd && isHeaderWhole();
        try {
            metadata = FileMetadata.of(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(path + " has metadata that this version cannot read: " + e.getMessage(), e);
        }
    }

    private boolean endsWithinHeader() throws IOException {
        return input.length() <= CutHeader.MOST_BYTES && CutHeader.is(bytes(0, (int) input.length()));
    }

    private boolean isHeaderWhole() throws IOException {
        return headerEnd <= CutHeader.MOST_BYTES && CutHeader.isWhole(bytes(0, (int) headerEnd));
    }

    private boolean isCutBlock() throws IOException {
        long length = input.length() - headerEnd;
        return length <= CutBlock.MOST_BYTES
                && CutBlock.is(
                        bytes(headerEnd - DataFileConstants.SYNC_SIZE, DataFileConstants.SYNC_SIZE),
                        bytes(headerEnd, (int) length));
    }

    private byte[] bytes(long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        if (length > 0) {
            input.seek(from);
        }
        for (int at = 0; at < bytes.length; ) {
            int read = input.read(bytes, at, bytes.length - at);
            if (read < 0) {
                throw new EOFException(path + " ends after " + at + " of " + bytes.length + " bytes");
            }
            at += read;
        }
        return bytes;
    }

    /** The rows of the block at the current position; null at the end or if it is not whole. */
    private List<GenericRecord> readBlock(long start) throws IOException {
        try {
            if (!reader.hasNext()) {
                input.throwIfFailed();
                return null;
            }
            long count = reader.getBlockCount();
            List<GenericRecord> rows = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                rows.add(reader.next());
            }
            // After an end within the block's count and size, Avro reports a block of no rows, forever.
            return reader.previousSync() > start ? rows : null;
        } catch (Throwable e) {
            checkIsDamage(e);
            LOG.debug("{}: block is not whole", path, e);
            return null;
        }
    }

    /** Continues after the next sync marker that follows {@code position}, if any. */
    private void skipPast(long position) throws IOException {
        try {
            input.seek(position + 1);
            DataFileReader<GenericRecord> next = DataFileReader.openReader(
                    input, new GenericDatumReader<>(null, OfferSchema.SCHEMA), reader.getHeader(), true);
            long found = next.previousSync();
            reader = found > position && found < input.length() ? next : null;
        } catch (Throwable e) {
            checkIsDamage(e);
            reader = null;
        }
    }

    /**
     * Damaged bytes make Avro throw exceptions of many kinds. What the file system threw, and what the JVM lacks (a
     * library, memory), says nothing about the bytes.
     */
    private void checkIsDamage(Throwable e) throws IOException {
        input.throwIfFailed();
        boolean sizeIsNonsense =
                e instanceof OutOfMemoryError && reader != null && reader.getBlockSize() > input.length();
        if (e instanceof Error && !sizeIsNonsense) {
            throw new IOException(path + " cannot be read: " + e, e);
        }
    }

    /** Remembers that the file system failed, which Avro may hide. */
    private static final class WatchedInput implements SeekableInput {
        private final SeekableInput in;
        private Throwable failure;

        WatchedInput(SeekableInput in) {
            this.in = in;
        }

        void throwIfFailed() throws IOException {
            if (failure instanceof FileNotFoundException gone) {
                throw gone;
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
        }

        @Override
        public void seek(long position) throws IOException {
            if (position >= in.length()) { // looking for a marker after the end is not a failure
                throw new EOFException();
            }
            try {
                in.seek(position);
            } catch (Throwable e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public long tell() throws IOException {
            try {
                return in.tell();
            } catch (Throwable e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public long length() throws IOException {
            try {
                return in.length();
            } catch (Throwable e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            try {
                return in.read(bytes, from, count);
            } catch (Throwable e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
