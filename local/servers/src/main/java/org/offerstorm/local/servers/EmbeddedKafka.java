package org.offerstorm.local.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker and KRaft controller in this JVM, on 127.0.0.1 alone. All data is in one directory, which is
 * formatted when it is new; a later start on it finds topics, records and committed offsets again, with the same or other
 * ports, after {@link #close} as after a kill of the process. What the operating system took survives the end of the
 * JVM; a power cut may lose the last seconds.
 *
 * <p>Topics are made by whoever needs them, never by the broker. Safe for use by many threads.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();
    /** A free port may be taken by another process between our look and Kafka's bind. */
    private static final int PORT_ATTEMPTS = 5;
    /** Logs that were not closed are checked at start, which takes a while for a large one, or on a busy machine. */
    private static final int START_MILLIS = 600_000;

    private final KafkaRaftServer server;
    private final int port;
    private final Path data;
    private final FileChannel directoryLock;
    private boolean closed;

    private EmbeddedKafka(KafkaRaftServer server, int port, Path data, FileChannel directoryLock) {
        this.server = server;
        this.port = port;
        this.data = data;
        this.directoryLock = directoryLock;
    }

    /**
     * Starts the server; when this returns it serves requests.
     *
     * @param directory of all its data; made if missing
     * @param port of the broker on 127.0.0.1, or 0 for a free one; the controller always takes a free one
     * @throws IOException if the directory cannot be written or formatted
     * @throws IllegalStateException if the server does not come up, as when the port or the directory is in use
     */
    public static EmbeddedKafka start(Path directory, int port) throws IOException {
        return start(directory, port, null);
    }

    /**
     * The same with another listener.
     *
     * @param listener null: the open one alone
     */
    public static EmbeddedKafka start(Path directory, int port, KafkaListener listener) throws IOException {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Kafka port is " + port + "; it must be 0 (any free one) to 65535");
        }
        keepThisProcessAlive();
        Path data = Files.createDirectories(directory).toAbsolutePath().normalize();
        FileChannel lock = lock(data);
        try {
            formatIfNew(data);
            return start(data, port, listener, lock);
        } catch (IOException | RuntimeException e) {
            unlock(data, lock);
            throw e;
        }
    }

    private static EmbeddedKafka start(Path data, int port, KafkaListener listener, FileChannel lock)
            throws IOException {
        int attempts = port == 0 ? PORT_ATTEMPTS : 1;
        for (int attempt = 1; ; attempt++) {
            int brokerPort = port == 0 ? FreePorts.one() : requireFree(port);
            KafkaRaftServer server = null;
            try {
                Properties settings = settings(data, brokerPort, FreePorts.one());
                if (listener != null) {
                    listener.addTo(settings);
                }
                server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
                server.startup();
                awaitLeaders(HOST + ":" + brokerPort);
                return new EmbeddedKafka(server, brokerPort, data, lock);
            } catch (IOException | RuntimeException e) {
                stopQuietly(server);
                if (attempt == attempts) {
                    throw new IllegalStateException(
                            "Kafka did not start on " + HOST + ":" + brokerPort + " over " + data + ": "
                                    + e.getMessage() + "; its log says more",
                            e);
                }
                LOG.warn("Kafka did not start on {}:{}, trying another port", HOST, brokerPort, e);
            }
        }
    }

    /** Address for clients, {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Port of the broker. */
    public int port() {
        return port;
    }

    /** Stops the server and waits until its port and directory are free. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        unlock(data, directoryLock);
    }

    /** Kafka's own lock comes after it has opened the metadata log, and two processes on that log destroy it. */
    private static FileChannel lock(Path data) throws IOException {
        // Asked first: the system drops a process's lock when it closes any other channel of the file.
        if (IN_USE.add(data)) {
            try {
                FileChannel channel =
                        FileChannel.open(data.resolve(".in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (channel.tryLock() != null) {
                    return channel;
                }
                unlock(data, channel);
            } catch (IOException e) {
                IN_USE.remove(data);
                throw e;
            }
        }
        throw new IllegalStateException("Kafka's directory " + data
                + " is in use by another process (or this one); stop it, or choose another directory");
    }

    private static void unlock(Path data, FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("Cannot release the lock of Kafka's directory {}; it ends with this process", data, e);
        }
        IN_USE.remove(data);
    }

    private static Properties settings(Path data, int brokerPort, int controllerPort) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE));
        p.setProperty(
                "listeners", "PLAINTEXT://" + HOST + ":" + brokerPort + ",CONTROLLER://" + HOST + ":" + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://" + HOST + ":" + brokerPort);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        // Static voters: the log then knows the controller by its id alone, so its port may change at each start.
        p.setProperty("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        p.setProperty("log.dirs", data.toString());

        p.setProperty("auto.create.topics.enable", "false");
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.setProperty(topic + ".replication.factor", "1");
            p.setProperty(topic + ".num.partitions", topic.startsWith("offsets") ? "4" : "1");
        }
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("group.initial.rebalance.delay.ms", "0");

        // After a kill the controller lets the broker in again once its old session has ended.
        p.setProperty("broker.session.timeout.ms", "2000");
        p.setProperty("broker.heartbeat.interval.ms", "500");

        // One broker for one machine: few threads, and no 128 MiB for the log cleaner.
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        return p;
    }

    private static void formatIfNew(Path data) throws IOException {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setHasDynamicQuorum(false)
                    // With one replica, the broker that was killed is always the one to lead again.
                    .setFeatureLevel("eligible.leader.replicas.version", (short) 0)
                    .run();
        } catch (Exception e) {
            throw new IOException(
                    "Kafka cannot format " + data + ": " + e.getMessage() + "; the directory must be writable", e);
        }
    }

    /**
     * Until every partition answers. Before that a new producer's first batch may be refused and its second taken, after
     * which the first one is "out of order" for good.
     */
    private static void awaitLeaders(String servers) throws IOException {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, START_MILLIS,
                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false))) {
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            admin.describeTopics(topics).allTopicNames().get().forEach((topic, description) -> description
                    .partitions()
                    .forEach(partition ->
                            partitions.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
            admin.listOffsets(partitions).all().get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "not all partitions are served: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Kafka starts", e);
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
    }

    /** Tells at once what Kafka would say only after half a start. */
    private static int requireFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port), 1);
            return port;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Kafka cannot listen on " + HOST + ":" + port + " (" + e.getMessage()
                            + "); stop the process that uses the port, or choose another",
                    e);
        }
    }

    private static void stopQuietly(KafkaRaftServer server) {
        if (server == null) {
            return;
        }
        try {
            server.shutdown();
        } catch (RuntimeException e) {
            LOG.debug("Kafka failed to stop after a failed start", e);
        }
    }

    /** A fatal fault of the server would otherwise end the whole JVM, and everything else that runs in it. */
    private static void keepThisProcessAlive() {
        Exit.Procedure refuse = (code, message) -> {
            throw new IllegalStateException("Kafka wanted to end the process with code " + code + ": " + message);
        };
        Exit.setExitProcedure(refuse);
        Exit.setHaltProcedure(refuse);
    }
}
