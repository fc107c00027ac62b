package org.offerstorm.core.config;

import java.io.Serializable;

/**
 * Where the batch layer keeps its tables.
 *
 * @param directory path in the file system of {@code hdfs.uri}, or {@link #BELOW_STAGING}
 */
public record LakeConfig(String directory) implements Serializable {
    /** {@link #directory()} for {@code lake} below {@code hdfs.directory}. */
    public static final String BELOW_STAGING = "hdfs";

    /** The path of the tables. */
    public String path(String hdfsDirectory) {
        return directory.equals(BELOW_STAGING) ? hdfsDirectory + "/lake" : directory;
    }

    /** The path of what {@code lake trim} leaves for {@code verify}. */
    public String basePath(String hdfsDirectory) {
        return path(hdfsDirectory) + "/_verify";
    }
}
