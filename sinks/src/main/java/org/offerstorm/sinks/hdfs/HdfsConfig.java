package org.offerstorm.sinks.hdfs;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * Where every accepted version of an offer is kept.
 *
 * @param uri file system, {@code hdfs://host:port}
 * @param directory root of everything Offerstorm writes there
 * @param rollSizeBytes a file is finished when it is this long
 * @param rollAge a file is finished when it is this old, also when idle
 * @param identity who writes and reads
 * @param confDir directory of the site's core-site.xml and hdfs-site.xml, on each machine; {@link #NO_CONF_DIR}: none
 * @param properties further Hadoop client properties
 */
public record HdfsConfig(
        String uri,
        String directory,
        long rollSizeBytes,
        Duration rollAge,
        HdfsIdentity identity,
        String confDir,
        Map<String, String> properties)
        implements Serializable {
    public static final String NO_CONF_DIR = "none";

    /** Without Kerberos and files of the site. */
    public HdfsConfig(
            String uri, String directory, long rollSizeBytes, Duration rollAge, Map<String, String> properties) {
        this(uri, directory, rollSizeBytes, rollAge, HdfsIdentity.SIMPLE, NO_CONF_DIR, properties);
    }
}
