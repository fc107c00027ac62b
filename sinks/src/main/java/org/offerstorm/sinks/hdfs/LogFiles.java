package org.offerstorm.sinks.hdfs;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.apache.avro.file.SeekableInput;
import org.apache.hadoop.fs.Path;

/**
 * The file operations that the log needs, with the guarantees it needs. One client; one thread. Every method may throw
 * {@link IOException} for an outage, after which it is unknown whether the operation took place.
 */
public interface LogFiles extends Closeable {
    /**
     * Of a chunk's size, so that a block mostly ends where {@link Output#sync()} is called; a larger chunk makes two blocks,
     * which is as good.
     */
    int BLOCK_BYTES = 1 << 20;

    /** Connects; one for each attempt, so that aborting one harms no other. */
    @FunctionalInterface
    interface Opener {
        LogFiles open() throws IOException;
    }

    /**
     * A directory's child.
     *
     * @param length bytes; of a file that is being written those of its first sync
     * @param modified milliseconds since 1970; a file that is closed keeps it
     */
    record Entry(Path path, boolean directory, long length, long modified) {
        String name() {
            return path.getName();
        }
    }

    /** Children by name; empty if there is no such directory. */
    List<Entry> list(Path directory) throws IOException;

    boolean exists(Path path) throws IOException;

    /** Makes the directory and its parents. Never for an attempt's directory but by its own claim. */
    void makeDirectory(Path directory) throws IOException;

    /**
     * Creates a file in an existing directory.
     *
     * @throws java.io.FileNotFoundException if the directory is gone
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if the file exists
     */
    Output create(Path file) throws IOException;

    /**
     * Renames atomically.
     *
     * @throws org.apache.hadoop.fs.FileAlreadyExistsException if the target exists
     * @throws java.io.FileNotFoundException if the source or the target's directory does not exist
     */
    void rename(Path from, Path to) throws IOException;

    /** Renames atomically over an existing file. */
    void replace(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory; does nothing if it is gone. */
    void delete(Path path) throws IOException;

    /** Takes the file from a writer that is gone; returns before that is done. May be asked again. */
    void recoverLease(Path file) throws IOException;

    /** Whether no writer has the file, so that its length is final. */
    boolean isClosed(Path file) throws IOException;

    /**
     * Opens a file for reading up to its last sync, also while it is being written.
     *
     * @throws LengthUnknown if nobody knows for now where that is
     */
    SeekableInput open(Path file) throws IOException;

    /** A name that no other client gives. */
    default String uniqueName() {
        return UUID.randomUUID().toString();
    }

    /** How many bytes of rows are gathered before they are written, about; so much memory is reserved for each open file. */
    default int blockBytes() {
        return BLOCK_BYTES;
    }

    /** Of how many bytes, from the beginning of a file on, there is one checksum. */
    default int checksumBytes() {
        return 1;
    }

    /** Drops all open outputs without trying to complete them, then closes the client. Does not throw. */
    void abort();

    /** A file being written. */
    abstract class Output extends OutputStream {
        /** Returns when all that was written is on the disks of the DataNodes. */
        public abstract void sync() throws IOException;

        /** Bytes written. */
        public abstract long length();
    }
}
