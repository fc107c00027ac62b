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
 * @param properties further Hadoop client properties
 */
public record HdfsConfig(
        String uri,
        String directory,
        long rollSizeBytes,
        Duration rollAge,
        HdfsIdentity identity,
        Map<String, String> properties)
        implements Serializable {
    /** Without Kerberos. */
    public HdfsConfig(
            String uri, String directory, long rollSizeBytes, Duration rollAge, Map<String, String> properties) {
        this(uri, directory, rollSizeBytes, rollAge, HdfsIdentity.SIMPLE, properties);
    }
}
