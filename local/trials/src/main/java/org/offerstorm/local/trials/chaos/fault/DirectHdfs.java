package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.sinks.hdfs.Hdfs;

/** The file system itself, past the proxy, as an operator reaches it. */
final class DirectHdfs {
    private static final int TIMEOUT_MILLIS = 10_000;

    private DirectHdfs() {}

    static DistributedFileSystem connect(OfferstormConfig direct) throws IOException {
        Configuration conf = new Configuration();
        conf.setInt("ipc.client.rpc-timeout.ms", TIMEOUT_MILLIS);
        return (DistributedFileSystem)
                FileSystem.newInstance(URI.create(direct.of(Hdfs.KIND).uri()), conf);
    }
}
