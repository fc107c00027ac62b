package org.offerstorm.local.demo;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.offerstorm.core.check.Failure;

/**
 * Room on the disk of a demo's data directory. On a full disk each server fails in its own way (HDFS waits, Kafka and Solr
 * give up), so the demo does not start, or ends, before that. Safe for use by many threads.
 */
final class DiskSpace {
    /** Measured: the samples take 90 MiB while they run, most of it reserved by Kafka's indexes, and 12 afterwards. */
    static final long TO_START = 150L << 20;
    /** HDFS reserves a block for each of the four open files and one more; the rest is for finishing them. */
    static final long TO_RUN = 40L << 20;

    private static final long MIB = 1 << 20;

    private final Path directory;
    private final Source free;

    /** Returns how many bytes this process may still write. */
    @FunctionalInterface
    interface Source {
        long bytes() throws IOException;
    }

    DiskSpace(Path directory, Source free) {
        this.directory = directory;
        this.free = free;
    }

    /** Of a directory that need not exist yet. */
    static DiskSpace of(Path directory) throws IOException {
        Path existing = directory.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        FileStore store = Files.getFileStore(existing);
        return new DiskSpace(directory, store::getUsableSpace);
    }

    /** @throws Failure if there is too little to start with */
    void requireToStart() throws IOException {
        long left = free.bytes();
        if (left < TO_START) {
            throw Failure.unreachable(
                    directory + " is on a disk with " + left / MIB + " MiB free; the demo needs " + TO_START / MIB
                            + " MiB. Make room, or name a directory on another disk with --data-dir",
                    null);
        }
    }

    /** @throws Failure if there is too little to keep running */
    void requireToRun() throws IOException {
        long left = free.bytes();
        if (left < TO_RUN) {
            throw Failure.unreachable(
                    "the disk of " + directory + " is full: " + left / MIB + " MiB are left, and the servers need "
                            + TO_RUN / MIB
                            + " MiB to keep running. What was acknowledged is kept: make room, and run the same"
                            + " command again",
                    null);
        }
    }
}
