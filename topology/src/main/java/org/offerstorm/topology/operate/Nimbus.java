package org.offerstorm.topology.operate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.storm.Config;
import org.apache.storm.generated.AuthorizationException;
import org.apache.storm.generated.GetInfoOptions;
import org.apache.storm.generated.KillOptions;
import org.apache.storm.generated.NotAliveException;
import org.apache.storm.generated.NumErrorsChoice;
import org.apache.storm.generated.RebalanceOptions;
import org.apache.storm.generated.SupervisorSummary;
import org.apache.storm.generated.TopologyInfo;
import org.apache.storm.generated.TopologySummary;
import org.apache.storm.thrift.TException;
import org.apache.storm.utils.NimbusClient;
import org.apache.storm.utils.NimbusLeaderNotFoundException;
import org.apache.storm.utils.ObjectReader;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.TopologyConfig;
import org.offerstorm.tools.terminal.Pause;

/**
 * Nimbus, asked over thrift. Each call ends within some seconds, and every failure is one message for people. Used by one
 * thread.
 */
public final class Nimbus implements AutoCloseable {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int CALL_MILLIS = 15_000;
    /** A Nimbus that has just started is not yet the leader. */
    private static final Duration ELECTION = Duration.ofSeconds(20);

    private final Map<String, Object> settings;
    private final String address;
    private final NimbusClient client;

    /**
     * Worker slots of the cluster.
     *
     * @param supervisors machines that report to Nimbus
     */
    public record Slots(int supervisors, int all, int used) {
        int free() {
            return all - used;
        }
    }

    private Nimbus(Map<String, Object> settings, String address, NimbusClient client) {
        this.settings = settings;
        this.address = address;
        this.client = client;
    }

    /**
     * Connects to the leader.
     *
     * @param nimbus {@code topology.nimbus} of the configuration
     * @throws Failure if no Nimbus answers, or none leads after some time
     */
    public static Nimbus connect(String nimbus) {
        ClientLog.silenceStorm();
        Map<String, Object> settings;
        try {
            settings = StormSettings.use(nimbus);
        } catch (IOException | RuntimeException e) {
            throw Failure.usage("Storm's configuration cannot be read: " + e.getMessage());
        }
        String address = findOpen(nimbus, settings);
        return new Nimbus(settings, address, leader(settings, address));
    }

    /** The first address at which something listens: Storm's own client would try for minutes. */
    private static String findOpen(String nimbus, Map<String, Object> settings) {
        List<String> tried = new ArrayList<>();
        IOException last = null;
        boolean tls = ObjectReader.getBoolean(settings.get(Config.NIMBUS_THRIFT_CLIENT_USE_TLS), false);
        int port = ObjectReader.getInt(settings.get(tls ? Config.NIMBUS_THRIFT_TLS_PORT : Config.NIMBUS_THRIFT_PORT));
        for (Object seed : (List<?>) settings.get(Config.NIMBUS_SEEDS)) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(seed.toString(), port), CONNECT_MILLIS);
                return seed + ":" + port;
            } catch (IOException e) {
                tried.add(seed + ":" + port + " (" + reason(e) + ")");
                last = e;
            }
        }
        throw Failure.unreachable(
                "no Nimbus at " + String.join(", ", tried) + "; start it, or "
                        + (nimbus.equals(TopologyConfig.NIMBUS_OF_STORM)
                                ? "name its address: topology.nimbus is 'storm.yaml', so Storm's own configuration"
                                        + " decides (nimbus.seeds, nimbus.thrift.port)"
                                : "correct topology.nimbus"),
                last);
    }

    private static String reason(IOException e) {
        if (e instanceof java.net.UnknownHostException) {
            return "unknown host";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static NimbusClient leader(Map<String, Object> settings, String address) {
        long deadline = System.nanoTime() + ELECTION.toNanos();
        while (true) {
            try {
                return NimbusClient.Builder.withConf(settings)
                        .withTimeout(CALL_MILLIS)
                        .build();
            } catch (NimbusLeaderNotFoundException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw Failure.unreachable(
                            "Nimbus at " + address + " leads no cluster after " + ELECTION.toSeconds()
                                    + " s; see whether ZooKeeper runs, and Nimbus' log",
                            e);
                }
                Pause.millis(500);
            } catch (RuntimeException e) {
                throw Failure.unreachable("Nimbus at " + address + " does not answer: " + e.getMessage(), e);
            }
        }
    }

    /** {@code host:port}. */
    public String address() {
        return address;
    }

    /** Storm's configuration in this process. */
    Map<String, Object> settings() {
        return settings;
    }

    Slots slots() {
        List<SupervisorSummary> supervisors =
                call(() -> client.getClient().getClusterInfo()).get_supervisors();
        return new Slots(
                supervisors.size(),
                supervisors.stream()
                        .mapToInt(SupervisorSummary::get_num_workers)
                        .sum(),
                supervisors.stream()
                        .mapToInt(SupervisorSummary::get_num_used_workers)
                        .sum());
    }

    /** The topology of this name, also one that is being killed. */
    public Optional<TopologySummary> find(String name) {
        return topologies().stream()
                .filter(topology -> topology.get_name().equals(name))
                .findFirst();
    }

    /** The topology of this name; an unknown name is reported with the known ones. */
    TopologySummary get(String name) {
        return find(name).orElseThrow(() -> Failure.usage(none(name)));
    }

    /** That there is no topology of this name, and which there are. */
    String none(String name) {
        List<String> names =
                topologies().stream().map(TopologySummary::get_name).toList();
        return "no topology '" + name + "' runs on the cluster of Nimbus " + address
                + (names.isEmpty() ? ", nor any other" : "; there are: " + String.join(", ", names));
    }

    List<TopologySummary> topologies() {
        return call(() -> client.getClient().getTopologySummaries());
    }

    TopologyInfo info(String id) {
        GetInfoOptions options = new GetInfoOptions();
        options.set_num_err_choice(NumErrorsChoice.ONE);
        return call(() -> client.getClient().getTopologyInfoWithOpts(id, options));
    }

    /** The topology's configuration as JSON, with the cluster's below it. */
    String conf(String id) {
        return call(() -> client.getClient().getTopologyConf(id));
    }

    /** Nimbus' own configuration as JSON. */
    String clusterConf() {
        return call(() -> client.getClient().getNimbusConf());
    }

    void activate(String name) {
        run(() -> client.getClient().activate(name));
    }

    void deactivate(String name) {
        run(() -> client.getClient().deactivate(name));
    }

    /** Ends it without a wait; what is in flight comes again at the next start. */
    void kill(String name) {
        KillOptions now = new KillOptions();
        now.set_wait_secs(0);
        run(() -> client.getClient().killTopologyWithOpts(name, now));
    }

    void rebalance(String name, RebalanceOptions options) {
        run(() -> client.getClient().rebalance(name, options));
    }

    @Override
    public void close() {
        client.close();
    }

    private void run(Action action) {
        call(() -> {
            action.run();
            return null;
        });
    }

    private <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (NotAliveException e) {
            throw Failure.usage("the topology is not running on the cluster of Nimbus " + address + ": " + e.get_msg());
        } catch (AuthorizationException e) {
            throw Failure.unreachable("Nimbus " + address + " does not allow it: " + e.get_msg(), e);
        } catch (TException e) {
            throw Failure.unreachable(
                    "Nimbus " + address + " did not answer (" + (e.getMessage() == null ? e : e.getMessage())
                            + "); see its log, and repeat the command",
                    e);
        }
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws TException;
    }

    @FunctionalInterface
    private interface Action {
        void run() throws TException;
    }
}
