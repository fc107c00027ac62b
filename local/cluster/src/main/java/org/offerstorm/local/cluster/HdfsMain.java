package org.offerstorm.local.cluster;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.offerstorm.local.servers.HadoopUser;
import org.offerstorm.local.servers.PlainPath;

/**
 * NameNode or DataNode in a separate process, also for a user without a name and in a directory of any name: {@code HdfsMain
 * namenode|datanode}.
 */
public final class HdfsMain {
    private static final String DATA = "dfs.datanode.data.dir";

    private static final Duration POLL = Duration.ofSeconds(1);

    private HdfsMain() {}

    public static void main(String[] args) throws Exception {
        HadoopUser.ensure();
        switch (args[0]) {
            case HdfsServers.NAME_NODE -> NameNode.main(new String[0]);
            case HdfsServers.DATA_NODE -> dataNode();
            default -> throw new IllegalArgumentException(args[0] + " is neither namenode nor datanode");
        }
    }

    private static void dataNode() throws Exception {
        Configuration conf = new HdfsConfiguration();
        PlainPath plain = PlainPath.to(Files.createDirectories(Path.of(URI.create(conf.get(DATA)))));
        if (!plain.isLink()) {
            DataNode.main(new String[0]);
            return;
        }
        conf.set(DATA, plain.path().toString());
        try {
            DataNode node = DataNode.createDataNode(new String[0], conf);
            while (node.isDatanodeUp()) {
                Thread.sleep(POLL.toMillis());
            }
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // threads of a half started DataNode would keep the process
        }
    }
}
