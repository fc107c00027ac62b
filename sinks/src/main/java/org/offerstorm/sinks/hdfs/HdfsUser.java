package org.offerstorm.sinks.hdfs;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * The user as whom HDFS knows this process. Hadoop asks the system for the name of the process's uid, and fails if it has
 * none, as for a uid that a container was started with ({@code docker run --user 12345}).
 */
final class HdfsUser {
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
            UnixSystem system = new UnixSystem();
            if (UserGroupInformation.isSecurityEnabled() || system.getUsername() != null) {
                return; // whoever connects next says what is wrong
            }
            String chosen = System.getenv(VARIABLE);
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(
                    chosen == null || chosen.isBlank() ? Long.toString(system.getUid()) : chosen));
        }
    }
}
