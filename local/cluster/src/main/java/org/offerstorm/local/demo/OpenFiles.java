package org.offerstorm.local.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.offerstorm.sinks.hdfs.HdfsConfig;

/** The files that the HDFS writers have open: at a drain they finish them. Used by one thread. */
final class OpenFiles implements AutoCloseable {
    private static final String OPEN = "_open";

    private final FileSystem hdfs;
    private final Path directory;

    OpenFiles(HdfsConfig config) throws IOException {
        this.hdfs = FileSystem.newInstance(URI.create(config.uri()), new Configuration());
        this.directory = new Path(config.directory(), OPEN);
    }

    /** Their paths now. */
    Set<String> list() throws IOException {
        Set<String> found = new HashSet<>();
        try {
            RemoteIterator<LocatedFileStatus> files = hdfs.listFiles(directory, true);
            while (files.hasNext()) {
                String path = files.next().getPath().toUri().getPath();
                if (path.endsWith(".avro")) {
                    found.add(path);
                }
            }
        } catch (FileNotFoundException e) {
            return found; // nothing was ever written, or a directory went while it was listed
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        hdfs.close();
    }
}
