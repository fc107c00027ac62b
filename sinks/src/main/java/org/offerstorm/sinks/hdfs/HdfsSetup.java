package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.offerstorm.core.sink.SetupStep;

/** Makes the sink's directory. Below it the sink makes what it needs. Used by {@code setup}, on one thread. */
public final class HdfsSetup implements SetupStep {
    private final HdfsConfig config;

    /** Does not connect. */
    public HdfsSetup(HdfsConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "hdfs directory";
    }

    @Override
    public String where() {
        return config.uri() + config.directory();
    }

    /**
     * Makes the directory and those above it, if they are missing; the owner is this process's user.
     *
     * @return whether it was made
     * @throws NotMade if this user may not
     * @throws IOException if HDFS cannot be reached
     */
    @Override
    public boolean make() throws IOException {
        Layout layout = Layout.of(config.directory());
        try (DistributedFileSystem hdfs = new ClientSettings(config).connect()) {
            boolean isNew = !exists(hdfs, layout.root());
            if (isNew) {
                hdfs.mkdirs(layout.root());
            }
            if (!exists(hdfs, layout.offers())) { // so that readers find an empty table
                hdfs.mkdirs(layout.offers());
            }
            return isNew;
        } catch (AccessControlException e) {
            throw notPermitted(UserGroupInformation.getCurrentUser().getShortUserName(), layout.root(), e);
        }
    }

    private static boolean exists(DistributedFileSystem hdfs, Path path) throws IOException {
        try {
            hdfs.getFileStatus(path);
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** Somebody with more rights has to make it. */
    private NotMade notPermitted(String user, Path directory, IOException cause) {
        return new NotMade(
                "user " + user + " may not make " + directory + " at " + config.uri(),
                "as HDFS' superuser: hdfs dfs -mkdir -p " + directory + " && hdfs dfs -chown -R " + user + " "
                        + directory,
                cause);
    }
}
