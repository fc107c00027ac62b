package org.offerstorm.sinks.hdfs;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The user as whom HDFS knows this process. Hadoop asks the system for the name of the process's uid, and fails if it has
 * none, as for a uid that a container was started with ({@code docker run --user 12345}).
 */
final class HdfsUser {
    private static final Path SELF = Path.of("/proc/self");
    private static final String VARIABLE = "HADOOP_USER_NAME";

    private HdfsUser() {}

    /**
     * Gives the process a name if it has none: {@code HADOOP_USER_NAME} of the environment, else its uid. Does nothing where
     * logging in works, or needs Kerberos. Safe for use by many threads.
     */
    static synchronized void ensure() {
        try {
            UserGroupInformation.getLoginUser();
        } catch (IOException | RuntimeException e) {
            if (UserGroupInformation.isSecurityEnabled() || new UnixSystem().getUsername() != null) {
                return; // whoever connects next says what is wrong
            }
            String chosen = System.getenv(VARIABLE);
            UserGroupInformation.setLoginUser(
                    UserGroupInformation.createRemoteUser(chosen == null || chosen.isBlank() ? uid() : chosen));
        }
    }

    /** Java's own class says 0 of a uid without a name. */
    private static String uid() {
        try {
            return Files.getAttribute(SELF, "unix:uid").toString();
        } catch (IOException | UnsupportedOperationException e) { // not Linux
            return "nameless";
        }
    }
}
