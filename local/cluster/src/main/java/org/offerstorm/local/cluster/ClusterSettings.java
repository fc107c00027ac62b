package org.offerstorm.local.cluster;

/**
 * What a cluster is made with; it keeps that over its restarts.
 *
 * @param brokers of Kafka, 1 to 3; 0: as many as it has, or one
 * @param proxied topologies reach its stores through the proxies of {@link ProxyRoutes}, which another has to run, and Kafka
 *     obeys access control lists; with one broker alone. A cluster that has them keeps them also when this is false
 * @param postgres it has a PostgreSQL too; a cluster that has it keeps it also when this is false
 * @param spark it has a standalone Spark too, which a cluster keeps as well
 * @param secure its wires are closed: TLS with certificates on both sides, logins, rights. It stays as it was made
 */
public record ClusterSettings(int brokers, boolean proxied, boolean postgres, boolean spark, boolean secure) {
    /** Most brokers of Kafka. */
    public static final int MAX_BROKERS = 3;

    /** As it is, or as usual. */
    public static final ClusterSettings USUAL = new ClusterSettings(0, false, false, false, false);
}
