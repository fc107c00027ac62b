package org.offerstorm.local.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.offerstorm.local.servers.HadoopUser;

/** HDFS: NameNode and one DataNode. Their settings are in {@code conf/hadoop}, also for Hadoop's own commands. */
final class HdfsServers {
    static final String NAME_NODE = "namenode";
    static final String DATA_NODE = "datanode";
    private static final String NAME_NODE_HTTP = "namenode-http";
    private static final String DATA_NODE_HTTP = "datanode-http";
    private static final String DATA_NODE_IPC = "datanode-ipc";
    static final List<String> PORTS = List.of(NAME_NODE, NAME_NODE_HTTP, DATA_NODE, DATA_NODE_HTTP, DATA_NODE_IPC);

    private static final String HOST = "127.0.0.1";
    private static final int HEAP = 160;

    private final ClusterDirectory directory;
    private final PortFile ports;

    HdfsServers(ClusterDirectory directory, PortFile ports) {
        this.directory = directory;
        this.ports = ports;
    }

    String uri() {
        return "hdfs://" + address(NAME_NODE);
    }

    String pages() {
        return "http://" + address(NAME_NODE_HTTP);
    }

    Server nameNode(Jvm jvm) {
        return new Server(
                NAME_NODE,
                List.of(ports.of(NAME_NODE), ports.of(NAME_NODE_HTTP)),
                command(jvm, NAME_NODE),
                directory.resolve(NAME_NODE),
                Map.of(),
                () -> {
                    writeSettings();
                    formatIfNew();
                },
                () -> check(false));
    }

    Server dataNode(Jvm jvm) {
        return new Server(
                DATA_NODE,
                List.of(ports.of(DATA_NODE), ports.of(DATA_NODE_HTTP), ports.of(DATA_NODE_IPC)),
                command(jvm, DATA_NODE),
                directory.resolve(DATA_NODE),
                Map.of(),
                this::writeSettings,
                () -> check(true));
    }

    private List<String> command(Jvm jvm, String name) {
        return jvm.command(
                name,
                HEAP,
                directory.resolve("conf").resolve("hadoop"),
                List.of(jvm.logging(), "-Dhadoop.log.dir=" + directory.resolve("logs")),
                HdfsMain.class.getName(),
                List.of(name));
    }

    private void writeSettings() throws IOException {
        Path conf = directory.resolve("conf").resolve("hadoop");
        SettingsFile.hadoop(
                conf.resolve("core-site.xml"),
                Map.of(
                        "fs.defaultFS",
                        uri(),
                        "hadoop.tmp.dir",
                        directory.resolve("tmp").resolve("hadoop")));
        SettingsFile.hadoop(conf.resolve("hdfs-site.xml"), hdfs());
    }

    private Map<String, Object> hdfs() {
        Map<String, Object> p = new TreeMap<>();
        p.put("dfs.namenode.name.dir", directory.resolve(NAME_NODE).toUri());
        p.put("dfs.namenode.rpc-address", address(NAME_NODE));
        p.put("dfs.namenode.rpc-bind-host", HOST);
        p.put("dfs.namenode.http-address", address(NAME_NODE_HTTP));
        p.put("dfs.namenode.http-bind-host", HOST);
        p.put(
                "dfs.datanode.data.dir",
                directory.resolve(DATA_NODE).resolve("data").toUri());
        p.put("dfs.datanode.address", address(DATA_NODE));
        p.put("dfs.datanode.http.address", address(DATA_NODE_HTTP));
        p.put("dfs.datanode.ipc.address", address(DATA_NODE_IPC));
        p.put("dfs.datanode.hostname", HOST);
        p.put("dfs.replication", 1);
        p.put("dfs.permissions.enabled", false);
        // Leases are recovered at a heartbeat of the DataNode; the default of 3 s is meant for thousands of nodes. So
        // are
        // the 10 min after which a silent DataNode is called dead: here 2 x 5 s + 10 x 1 s.
        p.put("dfs.heartbeat.interval", 1);
        p.put("dfs.namenode.heartbeat.recheck-interval", 5_000);
        p.put("dfs.namenode.handler.count", 5);
        p.put("dfs.namenode.service.handler.count", 2);
        p.put("dfs.namenode.safemode.extension", 0);
        p.put("dfs.datanode.handler.count", 3);
        return p;
    }

    private void formatIfNew() throws IOException {
        if (Files.exists(directory.resolve(NAME_NODE).resolve("current").resolve("VERSION"))) {
            return;
        }
        Files.createDirectories(directory.resolve(NAME_NODE));
        Configuration conf = new Configuration(); // with Hadoop's defaults: they lead the edits to where the image is
        hdfs().forEach((key, value) -> conf.set(key, value.toString()));
        conf.set("fs.defaultFS", uri());
        HadoopUser.ensure();
        NameNode.format(conf);
    }

    private void check(boolean dataNode) throws IOException {
        HadoopUser.ensure();
        Configuration conf = new Configuration();
        conf.setInt("ipc.client.connect.max.retries", 0);
        conf.setInt("ipc.client.connect.timeout", 2_000);
        conf.setInt("ipc.client.rpc-timeout.ms", 10_000);
        conf.setBoolean("dfs.client.retry.policy.enabled", false);
        try (FileSystem files = FileSystem.newInstance(URI.create(uri()), conf)) {
            DistributedFileSystem hdfs = (DistributedFileSystem) files;
            if (dataNode) {
                if (hdfs.getDataNodeStats(DatanodeReportType.LIVE).length == 0) {
                    throw new IOException("the NameNode knows no live DataNode");
                }
            } else if (hdfs.isInSafeMode()) {
                throw new IOException("the NameNode is in safe mode: it waits for the DataNode's blocks");
            }
        }
    }

    private String address(String name) {
        return HOST + ":" + ports.of(name);
    }
}
