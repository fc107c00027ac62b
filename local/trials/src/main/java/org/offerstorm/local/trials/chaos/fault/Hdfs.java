package org.offerstorm.local.trials.chaos.fault;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.offerstorm.core.config.OfferstormConfig;

/** The file system itself, past the proxy, as an operator reaches it. */
final class Hdfs {
    private static final int TIMEOUT_MILLIS = 10_000;

    private Hdfs() {}

    static DistributedFileSystem connect(OfferstormConfig direct) throws IOException {
        Configuration conf = new Configuration();
        conf.setInt("ipc.client.rpc-timeout.ms", TIMEOUT_MILLIS);
        return (DistributedFileSystem)
                FileSystem.newInstance(URI.create(direct.hdfs().uri()), conf);
    }
}
