package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.tools.targets.ScrapeTarget;

/**
 * The servers of one cluster, in the order in which they start, each with its ports and commands. Making it starts nothing.
 */
final class Blueprint {
    static final int DEFAULT_BROKERS = 1;

    private final List<Server> servers;
    private final StormDaemons storm;
    private final Map<String, String> configuration;
    private final String pages;
    private final Optional<SparkServers> spark;

    private Blueprint(
            List<Server> servers,
            StormDaemons storm,
            Map<String, String> configuration,
            String pages,
            Optional<SparkServers> spark) {
        this.servers = List.copyOf(servers);
        this.storm = storm;
        this.configuration = Map.copyOf(configuration);
        this.pages = pages;
        this.spark = spark;
    }

    /**
     * Of a cluster, new or not; chooses ports if it has none.
     *
     * @param brokers of Kafka; 0: as many as it has, or {@link #DEFAULT_BROKERS}
     * @throws Failure if the cluster was made with another number of brokers
     */
    static Blueprint of(ClusterDirectory directory, int brokers) throws IOException {
        return of(directory, new ClusterSettings(brokers, false, false, false));
    }

    /**
     * As {@link #of(ClusterDirectory, int)}, with more settings.
     *
     * @throws Failure if the cluster was made with another number of brokers, or has more than a proxied one can
     */
    static Blueprint of(ClusterDirectory directory, ClusterSettings settings) throws IOException {
        int brokers = settings.brokers();
        Path file = directory.resolve("ports");
        PortFile known = PortFile.read(file);
        int present = brokers(known);
        if (present > 0 && brokers > 0 && brokers != present) {
            throw Failure.usage("the cluster in " + directory.root() + " was made with " + present
                    + (present == 1 ? " broker" : " brokers")
                    + ", and their number cannot be changed; leave --brokers out,"
                    + " or 'cluster down --delete-data' first");
        }
        int count = present > 0 ? present : brokers > 0 ? brokers : DEFAULT_BROKERS;
        if (settings.proxied() && count > 1) {
            throw Failure.usage("a proxied cluster has one broker, not " + count);
        }
        boolean postgres = settings.postgres() || known.has(OtherServers.POSTGRES);
        boolean spark = settings.spark() || known.has(SparkServers.MASTER);
        List<String> names = Stream.of(
                        OtherServers.PORTS,
                        StormDaemons.portNames(),
                        KafkaBrokers.portNames(count),
                        HdfsServers.PORTS,
                        settings.proxied() ? ProxyRoutes.PORTS : List.<String>of(),
                        postgres ? List.of(OtherServers.POSTGRES) : List.<String>of(),
                        postgres && (settings.proxied() || ProxyRoutes.areIn(known))
                                ? List.of(ProxyRoutes.POSTGRES)
                                : List.<String>of(),
                        spark ? SparkServers.portNames() : List.<String>of())
                .flatMap(List::stream)
                .toList();
        return of(directory, PortFile.open(file, names, new Random()), count);
    }

    private static Blueprint of(ClusterDirectory directory, PortFile ports, int brokers) throws IOException {
        Jvm jvm = new Jvm(directory, System.getProperty("java.class.path"));
        OtherServers others = new OtherServers(directory, ports);
        KafkaBrokers kafka = new KafkaBrokers(directory, ports, brokers);
        HdfsServers hdfs = new HdfsServers(directory, ports);
        StormDaemons storm = new StormDaemons(directory, ports, new StormHome(directory, ports));
        List<Server> servers = new ArrayList<>();
        servers.add(others.zooKeeper(jvm));
        servers.add(others.redis());
        Map<String, String> configuration = new TreeMap<>(Map.of(
                "source.bootstrap-servers", kafka.bootstrapServers(),
                "redis.uri", others.redisUri(),
                "solr.url", others.solrUrl(),
                "hdfs.uri", hdfs.uri(),
                "topology.nimbus", storm.nimbusAddress(),
                "dashboard.workers", directory.targets().toString()));
        if (ports.has(OtherServers.POSTGRES)) {
            servers.add(others.postgres());
            configuration.put("postgres.url", others.postgresUri());
        }
        SparkServers spark = ports.has(SparkServers.MASTER) ? new SparkServers(directory, ports) : null;
        if (spark != null) {
            servers.add(spark.master(jvm));
        }
        servers.add(hdfs.nameNode(jvm));
        servers.add(hdfs.dataNode(jvm));
        servers.addAll(kafka.servers(jvm));
        servers.add(others.solr(jvm));
        servers.add(storm.nimbus(jvm));
        for (int number = 1; number <= StormDaemons.SUPERVISORS; number++) {
            servers.add(storm.supervisor(jvm, number));
        }
        if (spark != null) {
            servers.addAll(spark.workers(jvm));
        }
        return new Blueprint(servers, storm, configuration, hdfs.pages(), Optional.ofNullable(spark));
    }

    /** Each after those that it needs. */
    List<Server> servers() {
        return servers;
    }

    StormDaemons storm() {
        return storm;
    }

    /** Options of our configuration that say where everything is. */
    Map<String, String> configuration() {
        return configuration;
    }

    /** Where workers may serve their figures, and the dashboard at its usual port. */
    List<ScrapeTarget> targets() {
        return storm.targets();
    }

    /** Address of the NameNode's web pages. */
    String pages() {
        return pages;
    }

    /** The standalone Spark, if the cluster has one. */
    Optional<SparkServers> spark() {
        return spark;
    }

    /**
     * The server of a name that a user typed; {@code kafka} is enough if only one name starts with it.
     *
     * @throws Failure if there is none
     */
    Server server(String name) {
        return server(name, List.of());
    }

    /** As {@link #server(String)}, for a command that takes these names too. */
    Server server(String name, List<String> others) {
        List<Server> fitting = servers.stream()
                .filter(server -> server.name().equals(name) || server.name().startsWith(name + "-"))
                .toList();
        if (fitting.size() != 1) {
            List<String> names = Stream.concat(servers.stream().map(Server::name), others.stream())
                    .toList();
            throw Failure.usage("there is " + (fitting.isEmpty() ? "no " : "more than one ") + name + "; choose one of "
                    + String.join(", ", names));
        }
        return fitting.get(0);
    }

    private static int brokers(PortFile ports) {
        int count = 0;
        while (ports.has(KafkaBrokers.name(count + 1))) {
            count++;
        }
        return count;
    }
}
