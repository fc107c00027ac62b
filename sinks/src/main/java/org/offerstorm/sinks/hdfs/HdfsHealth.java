package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether HDFS takes and keeps what the sink writes: a small file is created in its directory, hsynced and deleted. */
public final class HdfsHealth implements Check {
    private static final Logger LOG = LoggerFactory.getLogger(HdfsHealth.class);
    private static final String NAME = "hdfs";
    private static final byte[] CONTENT = {'o', 'k', '\n'};
    private static final Duration MAX_SKEW = Duration.ofSeconds(30);

    private final HdfsConfig config;
    private final String group;
    private final int slots;
    private final Supplier<Optional<Source>> source;
    private final InstantSource clock;
    private final Layout layout;

    /**
     * Does not connect.
     *
     * @param group consumer group, which the directory belongs to
     * @param slots number of spout tasks
     * @param source the stream that is to be kept; empty if it is not known. May take its time
     */
    public HdfsHealth(
            HdfsConfig config, String group, int slots, Supplier<Optional<Source>> source, InstantSource clock) {
        this.config = config;
        this.group = group;
        this.slots = slots;
        this.source = source;
        this.clock = clock;
        this.layout = Layout.of(config.directory());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String where() {
        return config.uri();
    }

    @Override
    public void run(Consumer<Finding> found) {
        BlockCodec.problem()
                .ifPresent(problem ->
                        found.accept(Finding.fail("hdfs codec", BlockCodec.directory(), problem, BlockCodec.FIX)));
        ClientSettings settings = new ClientSettings(config);
        try (DistributedFileSystem hdfs = settings.connect()) {
            boolean safeMode = hdfs.setSafeMode(SafeModeAction.GET);
            found.accept(
                    safeMode
                            ? Finding.fail(
                                    NAME,
                                    where(),
                                    "the NameNode is in safe mode, so nothing can be written",
                                    "wait until its DataNodes have reported; if it stays, see 'hdfs dfsadmin -report',"
                                            + " then 'hdfs dfsadmin -safemode leave'")
                            : Finding.ok(
                                    NAME,
                                    where(),
                                    "the NameNode serves, as user " + user() + settings.proof(config.identity())));
            boolean nodes = dataNodes(hdfs, settings, found);
            if (directory(hdfs, found) && !safeMode && nodes) {
                write(hdfs, settings, found);
            }
            stored(settings, found);
            damaged(hdfs, found);
        } catch (IOException e) {
            found.accept(unreachable(settings, e));
        }
    }

    private Finding unreachable(ClientSettings settings, IOException e) {
        Optional<KerberosFailure> kerberos = KerberosAdvice.of(e);
        if (kerberos.isPresent()) {
            return Finding.fail(
                    NAME, where(), kerberos.get().what(), kerberos.get().fix());
        }
        if (e.getCause() instanceof Secrets.Unresolved) {
            return Finding.fail(
                    NAME, where(), firstLine(e), "set the secret that hdfs.properties names, here and on every worker");
        }
        List<String> nameNodes;
        try {
            nameNodes = settings.nameNodes();
        } catch (IOException noSite) {
            return Finding.fail(NAME, where(), firstLine(noSite), "see hdfs.conf-dir, here and on every worker");
        }
        if (!nameNodes.isEmpty()) { // the exception is of the one that was tried last
            return Finding.fail(
                    NAME,
                    where(),
                    "no NameNode of this nameservice is active: " + String.join(", ", nameNodes) + "; the last said: "
                            + firstLine(e),
                    "start them, or make one active: hdfs haadmin -transitionToActive");
        }
        return Finding.fail(
                NAME,
                where(),
                firstLine(e),
                URI.create(where()).getPort() < 0
                        ? "a nameservice needs its NameNodes: name the directory of the site's hdfs-site.xml in"
                                + " hdfs.conf-dir, or set dfs.nameservices and the like in hdfs.properties"
                        : "start the NameNode there, or correct hdfs.uri");
    }

    /** Whether any is there. */
    private boolean dataNodes(DistributedFileSystem hdfs, ClientSettings settings, Consumer<Finding> found)
            throws IOException {
        String name = "hdfs datanodes";
        int live;
        try {
            live = hdfs.getDataNodeStats(HdfsConstants.DatanodeReportType.LIVE).length;
        } catch (RemoteException e) {
            if (!(e.unwrapRemoteException() instanceof AccessControlException)) {
                throw e;
            }
            // Only superusers may read the report; the free space shows whether any DataNode is live.
            boolean space = hdfs.getStatus().getRemaining() > 0;
            found.accept(
                    space
                            ? Finding.ok(name, where(), "have space")
                            : Finding.fail(name, where(), "have no space, or none is live", "start or extend them"));
            return space;
        }
        int copies = copies(hdfs, settings);
        if (live == 0) {
            found.accept(Finding.fail(name, where(), "no DataNode is live", "start the DataNodes"));
        } else if (live < copies) {
            found.accept(Finding.warn(
                    name,
                    where(),
                    live + " live, but each block must have " + copies + " copies",
                    "start more DataNodes, or lower dfs.replication in hdfs.properties"));
        } else {
            found.accept(Finding.ok(
                    name,
                    where(),
                    live + " live, " + copies + (copies == 1 ? " copy of each block" : " copies of each block")));
        }
        return live > 0;
    }

    /** Whether the directory is there and this user may write to it. */
    private boolean directory(DistributedFileSystem hdfs, Consumer<Finding> found) throws IOException {
        String name = "hdfs directory";
        FileStatus root;
        try {
            root = hdfs.getFileStatus(layout.root());
        } catch (FileNotFoundException e) {
            found.accept(Finding.fail(
                    name, directory(), "does not exist", "run 'offerstorm setup', or correct hdfs.directory"));
            return false;
        }
        if (!root.isDirectory()) {
            found.accept(Finding.fail(name, directory(), "is a file", "name another path in hdfs.directory"));
            return false;
        }
        List<String> closed = new ArrayList<>();
        for (Path path : List.of(
                layout.root(),
                layout.offers(),
                layout.open(),
                layout.recover(),
                layout.streams(),
                layout.temporary())) {
            try {
                hdfs.access(path, FsAction.ALL);
            } catch (FileNotFoundException e) {
                LOG.debug("{} is made when it is needed", path);
            } catch (AccessControlException e) {
                FileStatus status = hdfs.getFileStatus(path);
                closed.add(
                        path + " (" + status.getOwner() + ":" + status.getGroup() + " " + status.getPermission() + ")");
            }
        }
        String owner = root.getOwner() + ":" + root.getGroup() + " " + root.getPermission();
        found.accept(
                closed.isEmpty()
                        ? Finding.ok(name, directory(), owner + ", writable for user " + user())
                        : Finding.fail(
                                name,
                                directory(),
                                "user " + user() + " may not write to " + String.join(", ", closed),
                                "as HDFS' superuser: hdfs dfs -chown -R " + user() + " " + layout.root()
                                        + "; or run workers as the owner"));
        return closed.isEmpty();
    }

    private void write(DistributedFileSystem hdfs, ClientSettings settings, Consumer<Finding> found) {
        String name = "hdfs write";
        Path probe = new Path(layout.root(), "_probe-" + UUID.randomUUID());
        try {
            short copies = copies(hdfs, settings);
            long started = System.nanoTime();
            FSDataOutputStream out =
                    hdfs.createFile(probe).overwrite(false).replication(copies).build();
            out.write(CONTENT);
            out.hsync();
            out.close();
            long millis = (System.nanoTime() - started) / 1_000_000;
            found.accept(Finding.ok(name, directory(), "create, hsync and close took " + millis + " ms"));
            Duration skew = Duration.between(
                            Instant.ofEpochMilli(hdfs.getFileStatus(probe).getModificationTime()), clock.instant())
                    .abs();
            if (skew.compareTo(MAX_SKEW) > 0) {
                found.accept(Finding.warn(
                        "hdfs clock",
                        where(),
                        "differs from this machine's by " + skew.toSeconds() + " s",
                        "let both machines take their time from NTP"));
            }
        } catch (IOException e) {
            found.accept(Finding.fail(
                    name,
                    directory(),
                    firstLine(e),
                    "see whether DataNodes are up, reachable from here and have space"
                            + (config.identity().isKerberos()
                                    ? ", and whether dfs.data.transfer.protection in hdfs.properties is theirs"
                                    : "")));
            hdfs.getClient().closeAllFilesBeingWritten(true); // without trying to complete them
        } finally {
            delete(hdfs, probe);
        }
    }

    private short copies(DistributedFileSystem hdfs, ClientSettings settings) throws IOException {
        return settings.replication() > 0
                ? settings.replication()
                : hdfs.getServerDefaults(layout.root()).getReplication();
    }

    private static void delete(DistributedFileSystem hdfs, Path probe) {
        try {
            hdfs.delete(probe, false);
        } catch (IOException e) {
            LOG.debug("{} stays; it is small, and no reader looks at it", probe, e);
        }
    }

    private void stored(ClientSettings settings, Consumer<Finding> found) {
        Optional<Source> stream = source.get();
        if (stream.isEmpty()) {
            return;
        }
        String name = "hdfs state";
        Source now = stream.get();
        StreamIdentity wanted =
                new StreamIdentity(group, now.topic(), now.topicId(), now.epoch(), now.partitions(), slots);
        try (HdfsFiles files = new HdfsFiles(settings)) {
            StreamIdentity stored = new Streams(files, layout).stored();
            if (stored != null) {
                wanted.checkContinues(stored, layout.root().toString());
            }
            found.accept(Finding.ok(
                    name,
                    directory(),
                    stored == null
                            ? "holds nothing of this topic yet"
                            : "belongs to group " + group + " and this topic"));
        } catch (WrongStream e) {
            found.accept(Finding.fail(
                    name, directory(), e.getMessage(), "see what hdfs.directory and source.epoch must be"));
        } catch (IOException e) {
            found.accept(Finding.fail(name, directory(), firstLine(e), "see the NameNode's log"));
        }
    }

    private void damaged(DistributedFileSystem hdfs, Consumer<Finding> found) throws IOException {
        int files;
        try {
            files = hdfs.listStatus(layout.damaged()).length;
        } catch (FileNotFoundException e) {
            return; // as it should be
        }
        if (files > 0) {
            found.accept(Finding.warn(
                    "hdfs files",
                    config.uri() + layout.damaged(),
                    "holds " + files + " files of which the sink can read no row; their offers may be missing",
                    "see HDFS' own logs (hdfs fsck), run 'offerstorm verify', then move the files away"));
        }
    }

    private String directory() {
        return config.uri() + config.directory();
    }

    private static String user() throws IOException {
        return UserGroupInformation.getCurrentUser().getShortUserName();
    }

    /** Hadoop's messages carry the server's stack trace. */
    static String firstLine(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("");
    }
}
