package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.file.SeekableInput;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

/** Small texts that appear whole or not at all, and never replace one that exists. */
final class Texts {
    private Texts() {}

    /**
     * Writes {@code text} to {@code target}, whose directory exists. After an {@link IOException} an output may be open.
     *
     * @return false if the target existed already
     */
    static boolean publish(LogFiles files, Layout layout, Path target, String text) throws IOException {
        files.makeDirectory(layout.temporary());
        Path temporary = new Path(layout.temporary(), files.uniqueName());
        try {
            // Not try-with-resources: Hadoop's stream throws one exception object in sync and again in close, which
            // cannot be suppressed under itself. After a failure the caller aborts the client with all its outputs.
            LogFiles.Output out = files.create(temporary);
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.sync();
            out.close();
            files.rename(temporary, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            files.delete(temporary);
            return false;
        } catch (IOException e) {
            try {
                files.delete(temporary);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    static String read(LogFiles files, Path path) throws IOException {
        try (SeekableInput in = files.open(path)) {
            byte[] bytes = new byte[Math.toIntExact(in.length())];
            int at = 0;
            while (at < bytes.length) {
                int count = in.read(bytes, at, bytes.length - at);
                if (count < 0) {
                    throw new IOException(path + " ends after " + at + " of " + bytes.length + " bytes");
                }
                at += count;
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
