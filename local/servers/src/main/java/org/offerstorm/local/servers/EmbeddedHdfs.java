package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real NameNode and one real DataNode (or several) in this JVM, bound to 127.0.0.1, all data under one directory. A restart on the
 * same directory finds its files again, also after the JVM was killed. Used by the local run and by tests; any thread.
 */
public final class EmbeddedHdfs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedHdfs.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ANY_PORT = LOOPBACK + ":0";

    private final MiniDFSCluster cluster;
    private final PlainPath plain;
    private final Deque<MiniDFSCluster.DataNodeProperties> stopped = new ArrayDeque<>();

    private EmbeddedHdfs(MiniDFSCluster cluster, PlainPath plain) {
        this.cluster = cluster;
        this.plain = plain;
    }

    /**
     * Starts both servers and waits until the DataNode is registered and the NameNode has left safe mode. Formats the
     * directory only if no NameNode ever wrote there.
     *
     * @param directory where NameNode and DataNode keep their data; created if absent
     * @param nameNodePort port of the NameNode's RPC, or 0 for a free one
     * @throws IOException if the port is taken, the directory is in use by another process, or a server does not start
     */
    public static EmbeddedHdfs start(Path directory, int nameNodePort) throws IOException {
        return start(directory, nameNodePort, 1);
    }

    /** As {@link #start(Path, int)}, with so many DataNodes. */
    public static EmbeddedHdfs start(Path directory, int nameNodePort, int dataNodes) throws IOException {
        Files.createDirectories(directory);
        return FreePorts.listen(nameNodePort, chosen -> startOn(chosen, directory, dataNodes));
    }

    private static EmbeddedHdfs startOn(int nameNodePort, Path directory, int dataNodes) throws IOException {
        HadoopUser.ensure();
        // The cluster's own directories; made by it as name-0-1, name-0-2 (an image and a copy) and data/data1.
        boolean isNew = Files.notExists(directory.resolve("name-0-1/current/VERSION"));
        Configuration conf = new Configuration();
        PlainPath plain = PlainPath.to(directory);
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toAbsolutePath().toString());
        if (plain.isLink()) { // the cluster itself would follow the link, and hand its target on
            conf.set("dfs.datanode.data.dir", plain.path().resolve("data/data1").toString());
        }
        conf.set("hadoop.tmp.dir", directory.resolve("tmp").toAbsolutePath().toString());
        conf.set("dfs.namenode.rpc-bind-host", LOOPBACK);
        conf.set("dfs.namenode.http-bind-host", LOOPBACK);
        conf.set("dfs.namenode.http-address", ANY_PORT);
        conf.set("dfs.datanode.address", ANY_PORT);
        conf.set("dfs.datanode.http.address", ANY_PORT);
        conf.set("dfs.datanode.ipc.address", ANY_PORT);
        // Otherwise the machine's own name, which need not have an address.
        conf.set("dfs.datanode.hostname", LOOPBACK);
        conf.set("hadoop.http.authentication.kerberos.principal", "HTTP/" + LOOPBACK);
        conf.setInt("dfs.replication", 1);
        // Below this the NameNode refuses all writes until it is restarted; its default is 100 MiB.
        conf.setLong("dfs.namenode.resource.du.reserved", 1 << 20);
        // Lease recovery is done by the DataNode at a heartbeat; the default of 3 s is meant for thousands of nodes.
        conf.setInt("dfs.heartbeat.interval", 1);
        MiniDFSCluster.Builder builder = new MiniDFSCluster.Builder(conf)
                .nameNodePort(nameNodePort)
                .numDataNodes(dataNodes)
                .storagesPerDatanode(1)
                .format(isNew)
                .manageDataDfsDirs(!plain.isLink())
                .skipFsyncForTesting(false)
                .waitSafeMode(true);
        MiniDFSCluster cluster;
        try {
            cluster = new KeepingCluster(builder);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
        try {
            cluster.waitActive();
            waitUntilWritable(cluster, dataNodes);
            return new EmbeddedHdfs(cluster, plain);
        } catch (IOException | RuntimeException e) {
            cluster.shutdown();
            plain.close();
            throw e;
        }
    }

    /** Address for clients: {@code hdfs://127.0.0.1:port}. */
    public String uri() {
        return "hdfs://" + LOOPBACK + ":" + cluster.getNameNodePort();
    }

    /** Address of the NameNode's web endpoints (JMX, WebHDFS). */
    public String httpUri() {
        return "http://" + LOOPBACK + ":"
                + cluster.getNameNode().getHttpAddress().getPort();
    }

    /** Stops a DataNode as if it had crashed; the NameNode keeps running, and does not know it for ten minutes. */
    public void stopDataNode() {
        stopped.push(cluster.stopDataNode(0));
    }

    /** Starts the DataNode that was stopped last again on its old port and data, and waits until it is registered. */
    public void restartDataNode() throws IOException {
        if (!cluster.restartDataNode(stopped.pop(), true)) {
            throw new IOException("the DataNode did not start again");
        }
        cluster.waitActive();
    }

    /** Stops the NameNode; its port is free until {@link #restartNameNode()}. */
    public void stopNameNode() {
        cluster.shutdownNameNode(0);
    }

    /** Starts the NameNode again on its old port and data, and waits until it serves. */
    public void restartNameNode() throws IOException {
        cluster.restartNameNode(0, true);
        cluster.waitActive();
    }

    /** Stops both servers; the data stays. */
    @Override
    public void close() {
        try {
            cluster.shutdown();
        } catch (RuntimeException e) {
            LOG.warn("HDFS did not stop cleanly; what was synced is durable nevertheless: {}", e.toString());
        } finally {
            plain.close();
        }
    }

    private static void waitUntilWritable(MiniDFSCluster cluster, int dataNodes) throws IOException {
        try {
            while (cluster.getNamesystem().isInSafeMode()
                    || cluster.getNamesystem().getNumLiveDataNodes() < dataNodes) {
                Thread.sleep(50);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while HDFS was starting", e);
        }
    }

    /**
     * Always keeps the data. The base class, even with the option to keep it, has the JVM delete all of it at exit,
     * also if it cannot start because another process uses the directory.
     */
    private static final class KeepingCluster extends MiniDFSCluster {
        KeepingCluster(Builder builder) throws IOException {
            super(builder);
        }

        /** Without the base class's limit of ten seconds, which a busy machine exceeds; the caller has one. */
        @Override
        public void waitClusterUp() throws IOException {
            try {
                while (!isClusterUp()) {
                    Thread.sleep(50);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while HDFS was starting", e);
            }
        }

        @Override
        public void shutdown(boolean deleteDfsDir, boolean closeFileSystem) {
            shutdownDataNodes();
            shutdownNameNodes();
        }
    }
}
