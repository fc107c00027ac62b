package org.offerstorm.local.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.storage.Formatter;
import org.offerstorm.local.cluster.secure.ClosedWires;

/** Kafka: one to three nodes, each broker and controller in one. */
final class KafkaBrokers {
    static final String NAME = "kafka";
    private static final String HOST = "127.0.0.1";
    private static final int HEAP = 256;
    private static final int MINIMAL_COPIES_FOR_LOSS = 3;
    private static final int HEALTH_MILLIS = 15_000;

    private final ClusterDirectory directory;
    private final PortFile ports;
    private final int count;
    private final Optional<ClosedWires> closed;

    KafkaBrokers(ClusterDirectory directory, PortFile ports, int count, Optional<ClosedWires> closed) {
        this.directory = directory;
        this.ports = ports;
        this.count = count;
        this.closed = closed;
    }

    /** Names of the ports of {@code count} brokers. */
    static List<String> portNames(int count, boolean secure) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id ->
                        secure ? List.of(name(id), controller(id), internal(id)) : List.of(name(id), controller(id)))
                .flatMap(List::stream)
                .toList();
    }

    /** Whether the brokers with these ports are closed. */
    static boolean areClosed(PortFile ports) {
        return ports.has(internal(1));
    }

    static String name(int id) {
        return NAME + "-" + id;
    }

    static String controller(int id) {
        return name(id) + "-controller";
    }

    /** Of a closed cluster: where brokers meet. */
    private static String internal(int id) {
        return name(id) + "-internal";
    }

    String bootstrapServers() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> HOST + ":" + ports.of(name(id)))
                .collect(Collectors.joining(","));
    }

    List<Server> servers(Jvm jvm) {
        List<Server> servers = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            servers.add(server(jvm, id));
        }
        return servers;
    }

    private Server server(Jvm jvm, int id) {
        String name = name(id);
        Path data = directory.resolve(name);
        Path settings = directory.resolve("conf").resolve(name + ".properties");
        return new Server(
                name,
                listening(id),
                jvm.command(
                        name, HEAP, (Path) null, List.of(jvm.logging()), "kafka.Kafka", List.of(settings.toString())),
                data,
                Map.of(),
                () -> {
                    SettingsFile.properties(settings, settings(id, data));
                    formatIfNew(id, data);
                },
                () -> check(id));
    }

    private Map<String, Object> settings(int id, Path data) {
        Map<String, Object> p = new TreeMap<>();
        p.put("process.roles", "broker,controller");
        p.put("node.id", id);
        p.put("controller.listener.names", "CONTROLLER");
        addListeners(p, id);
        p.put(
                "controller.quorum.voters",
                IntStream.rangeClosed(1, count)
                        .mapToObj(voter -> voter + "@" + HOST + ":" + ports.of(controller(voter)))
                        .collect(Collectors.joining(",")));
        p.put("log.dirs", data.resolve("data"));
        p.put("auto.create.topics.enable", false);
        // With three copies one broker may be down and an acknowledged record is still on two.
        int inSync = count >= MINIMAL_COPIES_FOR_LOSS ? 2 : 1;
        p.put("default.replication.factor", count);
        p.put("min.insync.replicas", inSync);
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(topic + ".replication.factor", count);
            p.put(topic + ".num.partitions", topic.startsWith("offsets") ? 4 : 1);
        }
        p.put("transaction.state.log.min.isr", inSync);
        p.put("share.coordinator.state.topic.min.isr", inSync);
        p.put("group.initial.rebalance.delay.ms", 0);
        // A killed broker that comes back is let in when its old session has ended.
        p.put("broker.session.timeout.ms", 3_000);
        p.put("broker.heartbeat.interval.ms", 500);
        // Several servers share this machine: few threads, and no 128 MiB for the log cleaner.
        p.put("num.network.threads", 2);
        p.put("num.io.threads", 4);
        p.put("background.threads", 2);
        p.put("log.cleaner.dedupe.buffer.size", 4 << 20);
        return p;
    }

    private void addListeners(Map<String, Object> p, int id) {
        String controller = ",CONTROLLER://" + HOST + ":" + ports.of(controller(id));
        if (closed.isPresent()) {
            String brokers = "SASL_SSL://" + HOST + ":" + ports.of(name(id)) + ",INTERNAL://" + HOST + ":"
                    + ports.of(internal(id));
            p.put("listeners", brokers + controller);
            p.put("advertised.listeners", brokers);
            p.put("listener.security.protocol.map", "SASL_SSL:SASL_SSL,INTERNAL:SSL,CONTROLLER:SSL");
            p.put("inter.broker.listener.name", "INTERNAL");
            p.putAll(closed.get().broker());
            addProxied(p, brokers, "SASL_SSL");
            return;
        }
        String broker = "PLAINTEXT://" + HOST + ":" + ports.of(name(id));
        p.put("listeners", broker + controller);
        p.put("advertised.listeners", broker);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        addProxied(p, broker, "PLAINTEXT");
    }

    /**
     * Adds a second listener, behind the proxy, if there is one: it advertises the proxy's port, not the broker's. Adds access
     * control lists as well, which in an open cluster allow everything until there is one.
     */
    private void addProxied(Map<String, Object> p, String broker, String protocol) {
        if (!ProxyRoutes.areIn(ports)) {
            return;
        }
        String scheme = ",PROXIED://" + HOST + ":";
        p.put("listeners", p.get("listeners") + scheme + ports.of(ProxyRoutes.KAFKA_LISTENER));
        p.put("advertised.listeners", broker + scheme + ports.of(ProxyRoutes.KAFKA));
        p.put("listener.security.protocol.map", p.get("listener.security.protocol.map") + ",PROXIED:" + protocol);
        p.put("authorizer.class.name", StandardAuthorizer.class.getName());
        p.put("allow.everyone.if.no.acl.found", closed.isEmpty());
    }

    private List<Integer> listening(int id) {
        List<Integer> listening = new ArrayList<>(List.of(ports.of(name(id)), ports.of(controller(id))));
        if (closed.isPresent()) {
            listening.add(ports.of(internal(id)));
        }
        if (ProxyRoutes.areIn(ports)) {
            listening.add(ports.of(ProxyRoutes.KAFKA_LISTENER));
        }
        return listening;
    }

    private void formatIfNew(int id, Path data) throws IOException {
        Path logs = data.resolve("data");
        if (Files.exists(logs.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(logs);
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Formatter formatter = new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(id)
                    .setClusterId(clusterId())
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setHasDynamicQuorum(false);
            if (count == 1) {
                // With one copy, the broker that was killed is always the one to lead again.
                formatter.setFeatureLevel("eligible.leader.replicas.version", (short) 0);
            }
            if (closed.isPresent()) {
                formatter.setScramArguments(closed.get().kafkaUsers());
            }
            formatter.run();
        } catch (Exception e) {
            throw new IOException("Kafka cannot format " + logs + ": " + e.getMessage(), e);
        }
    }

    /** The same for all brokers. */
    private String clusterId() throws IOException {
        Path file = directory.resolve("conf").resolve("kafka-cluster-id");
        if (!Files.exists(file)) {
            SettingsFile.write(file, Uuid.randomUuid().toString());
        }
        return Files.readString(file);
    }

    private void check(int id) throws Exception {
        String address = HOST + ":" + ports.of(closed.isPresent() ? internal(id) : name(id));
        Map<String, Object> client = new TreeMap<>(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, HEALTH_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, HEALTH_MILLIS,
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false));
        if (closed.isPresent()) {
            client.putAll(closed.get().brokerLogin());
        }
        try (Admin admin = Admin.create(client)) {
            List<Integer> nodes = admin.describeCluster().nodes().get(HEALTH_MILLIS, TimeUnit.MILLISECONDS).stream()
                    .map(Node::id)
                    .toList();
            if (!nodes.contains(id)) {
                throw new IOException("the broker at " + address + " is not yet let into the cluster (" + nodes + ")");
            }
            if (id == 1 && closed.isPresent() && closed.get().kafkaWantsRights()) {
                admin.createAcls(closed.get().kafkaRights()).all().get(HEALTH_MILLIS, TimeUnit.MILLISECONDS);
                closed.get().kafkaGranted();
            }
        }
    }
}
