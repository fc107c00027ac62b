package org.offerstorm.tools.verify;

/** What is compared with the topic. */
public enum Store {
    REDIS("redis"),
    SOLR("solr"),
    HDFS("hdfs"),
    DEAD_LETTERS("dead letters");

    private final String word;

    Store(String word) {
        this.word = word;
    }

    /** As it stands in reports. */
    public String word() {
        return word;
    }
}
