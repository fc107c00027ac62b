package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.offerstorm.core.secret.Secrets;

/**
 * Settings of the Hadoop client. By default it waits for minutes, in its own loops; here the sink's recovery is the only
 * loop, so each call must fail soon and only once. What {@code hdfs.properties} names wins.
 */
final class ClientSettings {
    private static final String CHECKSUM_BYTES = "dfs.bytes-per-checksum";

    /** Keys as hdfs-default.xml and core-default.xml of Hadoop 3.5 describe them; times in milliseconds. */
    private static final Map<String, String> DEADLINES = Map.ofEntries(
            // NameNode: connect and answer.
            Map.entry("ipc.client.connect.timeout", "1500"),
            Map.entry("ipc.client.connect.max.retries", "0"),
            Map.entry("ipc.client.connect.max.retries.on.timeouts", "0"),
            Map.entry("ipc.client.rpc-timeout.ms", "3000"),
            Map.entry("ipc.client.connect.max.retries.on.sasl", "0"),
            Map.entry("dfs.client.retry.policy.enabled", "false"),
            // NameNodes with a standby: try each, soon.
            Map.entry("dfs.client.failover.max.attempts", "3"),
            Map.entry("dfs.client.failover.sleep.base.millis", "100"),
            Map.entry("dfs.client.failover.sleep.max.millis", "500"),
            // DataNodes. Hadoop adds 5 s for each replica to the next two: a DataNode that hangs without closing its
            // connections holds a call for that long; one that dies is seen at once.
            Map.entry("dfs.client.socket-timeout", "1500"),
            Map.entry("dfs.datanode.socket.write.timeout", "1500"),
            Map.entry("dfs.client.datanode-restart.timeout", "1"),
            // The NameNode hands out a dead DataNode for ten minutes, and with a replication of 3 that may be two of
            // the
            // three: each try finds one of them. What is alive goes on with fewer copies; the NameNode makes the
            // others.
            Map.entry("dfs.client.block.write.retries", "3"),
            Map.entry("dfs.client.pipeline.recovery.max-retries", "5"),
            Map.entry("dfs.client.block.write.replace-datanode-on-failure.best-effort", "true"),
            // Closing a file, or going on to its next block, waits until a DataNode has reported the block.
            Map.entry("dfs.client.block.write.locateFollowingBlock.retries", "6"),
            Map.entry("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "50"),
            Map.entry("dfs.client.block.write.locateFollowingBlock.max.delay.ms", "800"),
            // A block of rows ends where a checksum's bytes end (see AlignedSnappy): those of a single short row, too.
            Map.entry(CHECKSUM_BYTES, "128"),
            // Reading.
            Map.entry("dfs.client.max.block.acquire.failures", "1"),
            Map.entry("dfs.client.retry.window.base", "100"),
            Map.entry("dfs.client.retry.times.get-last-block-length", "1"),
            Map.entry("dfs.client.retry.interval-ms.get-last-block-length", "300"));

    private static final String REPLICATION = "dfs.replication";

    private final HdfsConfig config;
    private final URI uri;
    private final short replication;
    /** The properties that refer to secrets, not resolved. */
    private final Map<String, String> secrets = new HashMap<>();
    /** Null before the first connection: the site's files may not be there yet. */
    private Configuration conf;
    /** Null without Kerberos. */
    private HdfsLogin login;

    ClientSettings(HdfsConfig config) {
        this.config = config;
        this.uri = URI.create(config.uri());
        config.properties().forEach((name, value) -> {
            if (!Secrets.replaceReferences(value, "").equals(value)) {
                secrets.put(name, value);
            }
        });
        this.replication = Short.parseShort(config.properties().getOrDefault(REPLICATION, "0"));
    }

    /** Reads Hadoop's defaults from the class path, which takes a tenth of a second, and the site's files. */
    private synchronized Configuration conf() throws IOException {
        if (conf == null) {
            Map<String, String> site = SiteFiles.read(config);
            conf = new Configuration();
            site.forEach(conf::set);
            DEADLINES.forEach(conf::set);
            config.properties().forEach(conf::set);
            login = login(config.identity());
        }
        return conf;
    }

    private synchronized HdfsLogin login() {
        return login;
    }

    private HdfsLogin login(HdfsIdentity identity) {
        if (!identity.isKerberos()) {
            return null;
        }
        conf.set("hadoop.security.authentication", "kerberos");
        // Hadoop's default takes every principal for the NameNode.
        conf.set(HadoopProperties.PATTERN, conf.get(HadoopProperties.PATTERN, ""));
        return HdfsLogin.of(identity, conf);
    }

    /** Copies of each block, or 0 for the cluster's own default (Hadoop's client would take 3). */
    short replication() {
        return replication;
    }

    /** {@code nn1 host:port} of each NameNode of the nameservice that the address names; none if it is a host's. */
    List<String> nameNodes() throws IOException {
        List<String> found = new ArrayList<>();
        for (String id : conf().getTrimmedStrings("dfs.ha.namenodes." + uri.getHost())) {
            found.add(id + " " + conf().get("dfs.namenode.rpc-address." + uri.getHost() + "." + id, "without address"));
        }
        return found;
    }

    /** Of how many bytes there is one checksum. */
    int checksumBytes() throws IOException {
        return conf().getInt(CHECKSUM_BYTES, 1);
    }

    /**
     * Opens a separate client, not the one that Hadoop shares within a process: it can be aborted without harm to others.
     *
     * @throws IOException if the address is not HDFS, or it or a secret cannot be resolved
     */
    DistributedFileSystem connect() throws IOException {
        conf();
        if (login() == null) {
            HdfsUser.ensure();
            return open();
        }
        UserGroupInformation user = login().user();
        try {
            DistributedFileSystem hdfs = user.doAs((PrivilegedExceptionAction<DistributedFileSystem>) this::open);
            introduce(hdfs);
            return hdfs;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting to " + uri);
        }
    }

    /** A refusal is of the first call; here it gets a message that says what to do. */
    private static void introduce(DistributedFileSystem hdfs) throws IOException {
        try {
            hdfs.getServerDefaults();
        } catch (IOException | RuntimeException e) {
            hdfs.close();
            Optional<KerberosFailure> failure = KerberosAdvice.of(e);
            if (failure.isPresent()) {
                throw failure.get();
            }
            throw e;
        }
    }

    private DistributedFileSystem open() throws IOException {
        FileSystem files;
        try {
            files = FileSystem.newInstance(uri, withSecrets());
        } catch (Secrets.Unresolved e) {
            throw new IOException("cannot open " + uri + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) { // an unknown host, too
            throw new IOException("cannot use " + uri + " as a file system: " + e.getMessage(), e);
        }
        if (files instanceof DistributedFileSystem hdfs) {
            return hdfs;
        }
        files.close();
        throw new IOException(uri + " is not HDFS; set hdfs.uri to hdfs://host:port");
    }

    /** How this is proved and the wire is protected, for people; empty without Kerberos. */
    String proof(HdfsIdentity identity) throws IOException {
        if (login() == null) {
            return "";
        }
        return "; Kerberos: " + identity.principal() + " by " + identity.keytab() + ", ticket until " + login().until()
                + "; RPC: " + conf().get("hadoop.rpc.protection", "authentication") + ", data: "
                + conf().get("dfs.data.transfer.protection", "not protected");
    }

    /** References are resolved for this connection alone: a changed secret is taken up, and none stays in the settings. */
    private Configuration withSecrets() throws IOException {
        if (secrets.isEmpty()) {
            return conf();
        }
        Configuration resolved = new Configuration(conf());
        Secrets.resolve(secrets).forEach(resolved::set);
        return resolved;
    }
}
