package org.offerstorm.core.config;

import java.io.Serializable;

/**
 * Where the batch layer keeps its tables, and where it answers.
 *
 * @param directory path in the file system of {@code hdfs.uri}, or {@link #BELOW_STAGING}
 * @param serveUrl where {@code lake serve} answers, without a slash at its end; {@link #NOT_SERVED} if it does not run
 */
public record LakeConfig(String directory, String serveUrl) implements Serializable {
    /** {@link #directory()} for {@code lake} below {@code hdfs.directory}. */
    public static final String BELOW_STAGING = "hdfs";

    /** {@link #serveUrl()} if nobody asks the lake while it runs. */
    public static final String NOT_SERVED = "none";

    /** Whether the dashboard can ask the lake. */
    public boolean isServed() {
        return !serveUrl.equals(NOT_SERVED);
    }

    /** The path of the tables. */
    public String path(String hdfsDirectory) {
        return directory.equals(BELOW_STAGING) ? hdfsDirectory + "/lake" : directory;
    }

    /** The path of what {@code lake trim} leaves for {@code verify}. */
    public String basePath(String hdfsDirectory) {
        return path(hdfsDirectory) + "/_verify";
    }
}
