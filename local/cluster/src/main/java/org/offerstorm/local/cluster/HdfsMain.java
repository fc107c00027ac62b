package org.offerstorm.local.cluster;

import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.offerstorm.local.servers.HadoopUser;

/** NameNode or DataNode in a separate process, also for a user without a name: {@code HdfsMain namenode|datanode}. */
public final class HdfsMain {
    private HdfsMain() {}

    public static void main(String[] args) throws Exception {
        HadoopUser.ensure();
        switch (args[0]) {
            case HdfsServers.NAME_NODE -> NameNode.main(new String[0]);
            case HdfsServers.DATA_NODE -> DataNode.main(new String[0]);
            default -> throw new IllegalArgumentException(args[0] + " is neither namenode nor datanode");
        }
    }
}
