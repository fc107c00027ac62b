package org.offerstorm.local.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.offerstorm.core.check.Failure;
import org.offerstorm.local.cluster.secure.ClosedWires;
import org.offerstorm.local.cluster.secure.ClusterRole;
import org.offerstorm.tools.targets.ScrapeTarget;

/**
 * The servers of one cluster, in the order in which they start, each with its ports and commands. Making it starts none of them.
 */
final class Blueprint {
    static final int DEFAULT_BROKERS = 1;

    private final List<Server> servers;
    private final StormDaemons storm;
    private final Map<String, Object> configuration;
    private final Map<ClusterRole, Map<String, Object>> roles;
    private final String pages;
    private final Optional<SparkServers> spark;

    private Blueprint(
            List<Server> servers,
            StormDaemons storm,
            Map<String, Object> configuration,
            Map<ClusterRole, Map<String, Object>> roles,
            String pages,
            Optional<SparkServers> spark) {
        this.servers = List.copyOf(servers);
        this.storm = storm;
        this.configuration = Map.copyOf(configuration);
        this.roles = Map.copyOf(roles);
        this.pages = pages;
        this.spark = spark;
    }

    /**
     * Of a cluster, new or not; chooses ports, and makes keys, if it has none.
     *
     * @param brokers of Kafka; 0: as many as it has, or {@link #DEFAULT_BROKERS}
     * @throws Failure if the cluster was made with another number of brokers
     */
    static Blueprint of(ClusterDirectory directory, int brokers) throws IOException {
        return of(directory, new ClusterSettings(brokers, false, false, false, false));
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
        if (settings.secure() && !known.isEmpty() && !KafkaBrokers.areClosed(known)) {
            throw Failure.usage("the cluster in " + directory.root() + " was made with open wires, and they cannot be"
                    + " closed; leave --secure out, name another directory with --dir, or 'cluster down --delete-data'"
                    + " first");
        }
        boolean secure = settings.secure() || KafkaBrokers.areClosed(known);
        boolean postgres = settings.postgres() || known.has(OtherServers.POSTGRES);
        boolean spark = settings.spark() || known.has(SparkServers.MASTER);
        List<String> names = Stream.of(
                        OtherServers.PORTS,
                        StormDaemons.portNames(),
                        KafkaBrokers.portNames(count, secure),
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
        Optional<ClosedWires> closed = closed(directory, ports);
        OtherServers others = new OtherServers(directory, ports, closed);
        ClusterRedis redis = new ClusterRedis(directory, ports, closed);
        ClusterSolr solr = new ClusterSolr(directory, ports, closed);
        KafkaBrokers kafka = new KafkaBrokers(directory, ports, brokers, closed);
        HdfsServers hdfs = new HdfsServers(directory, ports);
        StormDaemons storm = new StormDaemons(directory, ports, new StormHome(directory, ports));
        List<Server> servers = new ArrayList<>();
        servers.add(others.zooKeeper(jvm));
        servers.add(redis.server());
        Map<ClusterRole, Map<String, Object>> logins = new EnumMap<>(ClusterRole.class);
        for (ClusterRole role : ClusterRole.values()) {
            Map<String, Object> login = new TreeMap<>(Map.of("redis.uri", redis.uri(role), "solr.url", solr.url(role)));
            closed.ifPresent(wires -> login.put("security.kafka", wires.clientKafka(role)));
            logins.put(role, login);
        }
        Map<String, Object> configuration = new TreeMap<>(Map.of(
                "source.bootstrap-servers", kafka.bootstrapServers(),
                "hdfs.uri", hdfs.uri(),
                "topology.nimbus", storm.nimbusAddress(),
                "dashboard.workers", directory.targets().toString()));
        configuration.putAll(logins.get(ClusterRole.EVERYTHING));
        closed.ifPresent(wires -> configuration.put("security.tls", wires.clientTls()));
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
        servers.add(solr.server(jvm));
        servers.add(storm.nimbus(jvm));
        for (int number = 1; number <= StormDaemons.SUPERVISORS; number++) {
            servers.add(storm.supervisor(jvm, number));
        }
        if (spark != null) {
            servers.addAll(spark.workers(jvm));
        }
        return new Blueprint(
                servers,
                storm,
                configuration,
                closed.isPresent() ? logins : Map.of(),
                hdfs.pages(),
                Optional.ofNullable(spark));
    }

    private static Optional<ClosedWires> closed(ClusterDirectory directory, PortFile ports) throws IOException {
        if (!KafkaBrokers.areClosed(ports)) {
            return Optional.empty();
        }
        Path program = Path.of(System.getProperty("offerstorm.home", "")).toAbsolutePath();
        ClosedWires closed = ClosedWires.of(directory.root(), program);
        closed.make();
        return Optional.of(closed);
    }

    /** Each after those that it needs. */
    List<Server> servers() {
        return servers;
    }

    StormDaemons storm() {
        return storm;
    }

    /** Options of our configuration that say where everything is: path to text, or to a map of texts. */
    Map<String, Object> configuration() {
        return configuration;
    }

    /** Of a closed cluster: what each role has in place of the same options; else empty. */
    Map<ClusterRole, Map<String, Object>> roles() {
        return roles;
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
