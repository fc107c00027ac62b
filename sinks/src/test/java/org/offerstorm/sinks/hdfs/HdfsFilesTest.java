package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.offerstorm.local.servers.EmbeddedHdfs;
import org.offerstorm.local.servers.proxy.TcpProxy;

@ExtendWith(SharedHdfs.class)
class HdfsFilesTest {
    @Test
    void the_recovery_of_a_lease_that_nobody_heard_of_is_asked_for_again(EmbeddedHdfs hdfs) throws IOException {
        Path file = openFile(hdfs, new Path("/leases/cut"));
        URI uri = URI.create(hdfs.uri());
        try (TcpProxy proxy = TcpProxy.open(0, new InetSocketAddress(uri.getHost(), uri.getPort()))) {
            HdfsFiles files = new HdfsFiles(settings("hdfs://127.0.0.1:" + proxy.port()));
            files.exists(file);
            proxy.refuse();

            assertThatThrownBy(() -> files.recoverLease(file)).isInstanceOf(IOException.class);

            proxy.pass();
            files.recoverLease(file);
            await().atMost(Log.PATIENCE).until(() -> files.isClosed(file));
        }
    }

    @Test
    void so_is_one_that_the_namenode_refuses_in_safe_mode(EmbeddedHdfs hdfs) throws IOException {
        Path file = openFile(hdfs, new Path("/leases/safe-mode"));
        HdfsFiles files = new HdfsFiles(settings(hdfs.uri()));
        try (DistributedFileSystem operator = settings(hdfs.uri()).connect()) {
            operator.setSafeMode(SafeModeAction.ENTER);
            try {
                assertThatThrownBy(() -> files.recoverLease(file)).hasMessageContaining("safe mode");
            } finally {
                operator.setSafeMode(SafeModeAction.LEAVE);
            }
        }
        files.recoverLease(file);
        await().atMost(Log.PATIENCE).until(() -> files.isClosed(file));
    }

    private static Path openFile(EmbeddedHdfs hdfs, Path file) throws IOException {
        HdfsFiles writer = new HdfsFiles(settings(hdfs.uri()));
        writer.makeDirectory(file.getParent());
        writer.create(file); // and left open, as by a writer that is gone
        return file;
    }

    private static ClientSettings settings(String uri) {
        return new ClientSettings(new HdfsConfig(uri, "/leases", 1 << 20, Duration.ofMinutes(1), Map.of()));
    }
}
