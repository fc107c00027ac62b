package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.file.CodecFactory;
import org.offerstorm.core.text.PlainText;
import org.xerial.snappy.Snappy;

/**
 * The compression of blocks. It is a native library, which is unpacked to a temporary directory and cannot be loaded where
 * that is mounted noexec. A JVM that could not load it once never can. Safe for use by many threads.
 */
final class BlockCodec {
    /** What to do, for this process. */
    static final String FIX = "start this Java with -Dorg.xerial.snappy.tempdir=DIR, where DIR may hold programs (for"
            + " workers in worker.childopts of storm.yaml)";

    private BlockCodec() {}

    /** Why it cannot be loaded; empty if it can. */
    static Optional<String> problem() {
        try {
            Snappy.getNativeLibraryVersion();
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of(problem(e));
        } catch (Error e) { // snappy's own kind, which is nothing else
            if (e instanceof VirtualMachineError) {
                throw e;
            }
            return Optional.of(problem(e));
        }
    }

    /**
     * The codec.
     *
     * @throws IOException if its library cannot be loaded
     */
    static CodecFactory require() throws IOException {
        Optional<String> problem = problem();
        if (problem.isPresent()) {
            throw new IOException(problem.get() + "; " + FIX);
        }
        return CodecFactory.snappyCodec();
    }

    /** Where the library is unpacked to. */
    static String directory() {
        return System.getProperty("org.xerial.snappy.tempdir", System.getProperty("java.io.tmpdir"));
    }

    private static String problem(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "snappy's native library cannot be loaded from " + directory()
                + ", which may be mounted noexec or full: " + PlainText.firstLine(root.toString());
    }
}
