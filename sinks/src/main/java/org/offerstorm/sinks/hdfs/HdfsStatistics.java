package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.net.URI;
import org.offerstorm.core.check.Listening;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.sink.StoreStatistics;

/**
 * Bytes and files, together and by date, and the files that are still open. Used by one thread. A program without Hadoop's
 * classes may make it; {@link #read} is what needs them.
 */
final class HdfsStatistics implements StatisticsReader {
    private final HdfsConfig config;
    private HdfsUsage usage;

    HdfsStatistics(HdfsConfig config) {
        this.config = config;
    }

    @Override
    public StoreStatistics read() throws IOException {
        try {
            if (usage == null) {
                usage = connect();
            }
            return usage.read();
        } catch (IOException e) {
            close();
            throw new IOException(config.uri() + ": " + HdfsHealth.firstLine(e), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Hadoop's classes are not loaded for a NameNode that is not there. */
    private HdfsUsage connect() throws IOException {
        URI uri = URI.create(config.uri());
        if (uri.getPort() > 0 && !Listening.any(uri.getAuthority())) {
            throw new IOException("nothing listens there; start the NameNode, or correct hdfs.uri");
        }
        return HdfsUsage.connect(config);
    }

    @Override
    public void close() {
        HdfsUsage old = usage;
        usage = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                // its connections end by themselves
            }
        }
    }
}
