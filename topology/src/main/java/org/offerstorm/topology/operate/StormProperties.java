package org.offerstorm.topology.operate;

/** System properties by which Storm's client hands over its own command line. */
public final class StormProperties {
    /** Settings, {@code key%3Dvalue,…}. */
    public static final String OPTIONS = "storm.options";
    /** The file that Storm's clients read for storm.yaml. */
    public static final String CONF_FILE = "storm.conf.file";
    /** The topology's jar. */
    public static final String JAR = "storm.jar";

    private StormProperties() {}
}
