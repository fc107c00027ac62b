package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.offerstorm.core.config.HdfsConfig;

/** Makes the sink's directory. Below it the sink makes what it needs. Used by {@code setup}, on one thread. */
public final class HdfsSetup {
    private HdfsSetup() {}

    /**
     * Makes the directory and those above it, if they are missing; the owner is this process's user.
     *
     * @return whether it was made
     * @throws NotPermitted if this user may not
     * @throws IOException if HDFS cannot be reached
     */
    public static boolean makeDirectory(HdfsConfig config) throws IOException {
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
            throw new NotPermitted(
                    UserGroupInformation.getCurrentUser().getShortUserName(), layout.root(), config.uri(), e);
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
    public static final class NotPermitted extends IOException {
        private final String fix;

        NotPermitted(String user, Path directory, String uri, Throwable cause) {
            super("user " + user + " may not make " + directory + " at " + uri, cause);
            this.fix = "as HDFS' superuser: hdfs dfs -mkdir -p " + directory + " && hdfs dfs -chown -R " + user + " "
                    + directory;
        }

        /** The command that makes it. */
        public String fix() {
            return fix;
        }
    }
}
