import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A NameNode and a DataNode that take nobody without Kerberos, with block tokens, and everything encrypted: {@code java
 * -Djava.security.krb5.conf=… -cp … SecureHdfs.java DIRECTORY PORT REALM}. Its keytab is {@code servers.keytab} there; the
 * user offerstorm may make /offerstorm. When it serves, there is a file {@code up}. A file {@code restart} makes the NameNode
 * start again, so that all connections end; when it serves again, the file is gone. For kerberos.sh.
 */
public final class SecureHdfs {
    private static final String LOOPBACK = "127.0.0.1";

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]).toAbsolutePath();
        Configuration conf = settings(directory, arguments[2]);
        UserGroupInformation.setConfiguration(conf);
        UserGroupInformation.loginUserFromKeytab(
                conf.get("dfs.namenode.kerberos.principal"), conf.get("dfs.namenode.keytab.file"));
        MiniDFSCluster cluster = new MiniDFSCluster.Builder(conf)
                .nameNodePort(Integer.parseInt(arguments[1]))
                .numDataNodes(1)
                .storagesPerDatanode(1)
                .checkDataNodeAddrConfig(true)
                .build();
        cluster.waitActive();
        DistributedFileSystem hdfs = cluster.getFileSystem();
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path("/offerstorm");
        hdfs.mkdirs(root, new FsPermission((short) 0700));
        hdfs.setOwner(root, "offerstorm", "offerstorm");
        Files.createFile(directory.resolve("up"));
        Path restart = directory.resolve("restart");
        while (true) {
            Thread.sleep(100);
            if (Files.exists(restart)) {
                UserGroupInformation.getLoginUser().checkTGTAndReloginFromKeytab();
                cluster.restartNameNode(0, true);
                cluster.waitActive();
                Files.delete(restart);
            }
        }
    }

    private static Configuration settings(Path directory, String realm) {
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
        conf.set("hadoop.tmp.dir", directory.resolve("tmp").toString());
        conf.set("hadoop.security.authentication", "kerberos");
        conf.set("hadoop.security.authorization", "true");
        conf.set("hadoop.rpc.protection", "privacy");
        conf.set("dfs.data.transfer.protection", "privacy");
        conf.set("dfs.block.access.token.enable", "true");
        // The pages are not under test: they need certificates, and the DataNode would insist on them.
        conf.set("ignore.secure.ports.for.testing", "true");
        String keytab = directory.resolve("servers.keytab").toString();
        for (String server : new String[] {"namenode", "datanode"}) { // one JVM is one principal
            conf.set("dfs." + server + ".keytab.file", keytab);
            conf.set("dfs." + server + ".kerberos.principal", "hdfs/localhost@" + realm);
        }
        conf.set("dfs.web.authentication.kerberos.principal", "HTTP/localhost@" + realm);
        conf.set("dfs.web.authentication.kerberos.keytab", keytab);
        conf.set("dfs.namenode.rpc-bind-host", LOOPBACK);
        conf.set("dfs.namenode.http-bind-host", LOOPBACK);
        conf.set("dfs.namenode.http-address", LOOPBACK + ":0");
        conf.set("dfs.datanode.address", LOOPBACK + ":0");
        conf.set("dfs.datanode.http.address", LOOPBACK + ":0");
        conf.set("dfs.datanode.ipc.address", LOOPBACK + ":0");
        conf.set("dfs.datanode.hostname", LOOPBACK);
        conf.setInt("dfs.replication", 1);
        conf.setInt("dfs.heartbeat.interval", 1);
        conf.setLong("dfs.namenode.resource.du.reserved", 1 << 20);
        return conf;
    }
}
