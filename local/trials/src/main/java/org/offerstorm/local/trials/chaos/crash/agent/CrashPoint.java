package org.offerstorm.local.trials.chaos.crash.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A place in the product's code at which a worker can be made to end. Classes and methods are names, because the product knows nothing of
 * this; a test compares them with its classes.
 */
public enum CrashPoint {
    HDFS_HSYNC(
            "hdfs-hsync",
            "between the hsync of a chunk's rows in HDFS and its ack",
            When.ANY_CHUNK,
            At.ENTRY,
            "org.offerstorm.sinks.hdfs.Attempt#checkInPlace",
            null),
    HDFS_WRITTEN(
            "hdfs-written",
            "when the HDFS sink has answered for a chunk, before its ack",
            When.ANY_CHUNK,
            At.EXIT,
            "org.offerstorm.sinks.hdfs.HdfsSink#write",
            null),
    HDFS_HEADER(
            "hdfs-header",
            "between the header of the next HDFS file and the close of the old one",
            When.ROLLING,
            At.EXIT,
            "org.offerstorm.sinks.hdfs.Attempt#nextFile",
            "org.offerstorm.sinks.hdfs.Attempt#roll"),
    HDFS_CLOSE(
            "hdfs-close",
            "between the close of an HDFS file and its rename",
            When.ROLLING,
            At.ENTRY,
            "org.offerstorm.sinks.hdfs.HdfsFiles#rename",
            "org.offerstorm.sinks.hdfs.Attempt#roll"),
    HDFS_RENAME(
            "hdfs-rename",
            "between the rename of an HDFS file and what follows",
            When.ROLLING,
            At.EXIT,
            "org.offerstorm.sinks.hdfs.HdfsFiles#rename",
            "org.offerstorm.sinks.hdfs.Attempt#roll"),
    REDIS_REPLY(
            "redis-reply",
            "between the script in Redis and the handling of its reply",
            When.ANY_CHUNK,
            At.EXIT,
            "org.offerstorm.sinks.redis.RedisSink#apply",
            null),
    SOLR_ANSWER(
            "solr-answer",
            "between Solr's answer to an update and the ack",
            When.ANY_CHUNK,
            At.EXIT,
            "org.offerstorm.sinks.solr.SolrCore#add",
            "org.offerstorm.sinks.solr.SolrSink#send"),
    CHANGES_SENT(
            "changes-sent",
            "in a transaction of changes, between its first record and its commit",
            When.ANY_CHUNK,
            At.ENTRY,
            "org.offerstorm.sinks.changes.ChangesTopic#record",
            "org.offerstorm.sinks.changes.ChangesTopic#commit"),
    CHANGES_COMMITTED(
            "changes-committed",
            "between the commit of a transaction of changes and the ack of its chunk",
            When.ANY_CHUNK,
            At.EXIT,
            "org.offerstorm.sinks.changes.ChangesTopic#commit",
            null),
    LETTERS_CONFIRMED(
            "letters-confirmed",
            "between the confirmation of dead letters and the ack of their chunk",
            When.ANY_CHUNK,
            At.EXIT,
            "org.offerstorm.sinks.deadletter.KafkaDeadLetters$Sent#result",
            null),
    ACK_COMMIT(
            "ack-commit",
            "between the ack of a chunk and the spout's commit",
            When.ANY_CHUNK,
            At.EXIT,
            "org.offerstorm.spouts.Slot#ack",
            null),
    COMMIT_ANSWER(
            "commit-answer",
            "between the spout's commit and Kafka's answer to it",
            When.EVERY_SECOND,
            At.EXIT,
            "org.offerstorm.spouts.KafkaSession#commitAsync",
            null),
    RECOVERY_CLAIM(
            "recovery-claim",
            "in a recovery of HDFS, after the claim of the slot",
            When.RECOVERY,
            At.EXIT,
            "org.offerstorm.sinks.hdfs.Recovery#claim",
            null),
    RECOVERY_MOVE(
            "recovery-move",
            "in a recovery of HDFS, after the first directory was moved to _recover",
            When.RECOVERY,
            At.EXIT,
            "org.offerstorm.sinks.hdfs.Fence#move",
            null),
    RECOVERY_HEADER(
            "recovery-header",
            "in a recovery of HDFS, when its own header is durable and nothing is published",
            When.RECOVERY,
            At.EXIT,
            "org.offerstorm.sinks.hdfs.Recovery#writeHeader",
            null),
    RECOVERY_PUBLISH(
            "recovery-publish",
            "in a recovery of HDFS, after the first file was published",
            When.RECOVERY,
            At.EXIT,
            "org.offerstorm.sinks.hdfs.Publication#finish",
            null);

    /** Where in the method. */
    public enum At {
        ENTRY,
        /** Where it returns; not where it throws. */
        EXIT
    }

    /** How often a worker passes. */
    public enum When {
        ANY_CHUNK,
        EVERY_SECOND,
        /** When a file is long or old enough. */
        ROLLING,
        /** Once, some seconds after a worker's start. */
        RECOVERY
    }

    private final String label;
    private final String description;
    private final When when;
    private final At at;
    private final String method;
    private final String within;

    CrashPoint(String label, String description, When when, At at, String method, String within) {
        this.label = label;
        this.description = description;
        this.when = when;
        this.at = at;
        this.method = method;
        this.within = within;
    }

    /** The point of a label. */
    public static Optional<CrashPoint> of(String label) {
        return Arrays.stream(values())
                .filter(point -> point.label.equals(label))
                .findFirst();
    }

    /** Lower case and hyphens. */
    public String label() {
        return label;
    }

    /** Where it is, as the end of a sentence. */
    public String description() {
        return description;
    }

    public When when() {
        return when;
    }

    public At at() {
        return at;
    }

    /** Full name of the class. */
    public String className() {
        return method.substring(0, method.indexOf('#'));
    }

    /** Name of the method; all of this name, if there are several. */
    public String methodName() {
        return method.substring(method.indexOf('#') + 1);
    }

    /** {@code class#method} that must be among the callers; empty if any caller will do. */
    public Optional<String> within() {
        return Optional.ofNullable(within);
    }

    /** The points of a class. */
    static List<CrashPoint> ofClass(String className) {
        return Arrays.stream(values())
                .filter(point -> point.className().equals(className))
                .toList();
    }
}
