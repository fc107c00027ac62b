package org.offerstorm.topology.operate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.storm.Config;
import org.apache.storm.generated.ClusterSummary;
import org.apache.storm.generated.SupervisorSummary;
import org.apache.storm.generated.TopologySummary;
import org.apache.storm.thrift.TException;
import org.apache.storm.utils.NimbusClient;
import org.apache.storm.utils.Utils;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.config.TopologyConfig;
import org.offerstorm.core.text.Messages;
import org.offerstorm.tools.terminal.Pause;

/**
 * Nimbus, and whether its supervisors have slots for the workers. A supervisor that was killed and started again is away for a
 * moment when ZooKeeper ends its old session, until its next heartbeat (5 s): what is missing is looked for again.
 */
final class StormHealth implements Check {
    private static final String NAME = "storm";
    private static final int CONNECT_MILLIS = 2_000;
    private static final int TIMEOUT_MILLIS = 5_000;
    /** A supervisor that is away for a moment is back by then. */
    static final Duration TO_COME_BACK = Duration.ofSeconds(7);

    static final Duration POLL = Duration.ofMillis(500);

    /** What Nimbus says now. */
    @FunctionalInterface
    interface Nimbus {
        ClusterSummary cluster() throws TException;
    }

    private final TopologyConfig config;
    private final Map<String, Object> storm;
    private final List<String> hosts;
    private final int port;

    private StormHealth(TopologyConfig config, Map<String, Object> storm, List<String> hosts, int port) {
        this.config = config;
        this.storm = storm;
        this.hosts = hosts;
        this.port = port;
    }

    /** Nothing if neither topology.nimbus nor a storm.yaml on the class path says where Nimbus is. */
    static Optional<StormHealth> of(TopologyConfig config) {
        Map<String, Object> storm = Utils.readStormConfig();
        if (!config.nimbus().equals(TopologyConfig.NIMBUS_OF_STORM)) {
            List<String> hosts = new ArrayList<>();
            int port = 0;
            for (String address : config.nimbus().split(",", -1)) {
                int colon = address.lastIndexOf(':');
                hosts.add(address.substring(0, colon).replaceAll("[\\[\\]]", ""));
                port = Integer.parseInt(address.substring(colon + 1));
            }
            return Optional.of(new StormHealth(config, storm, hosts, port));
        }
        boolean said = !Utils.findAndReadConfigFile("storm.yaml", false).isEmpty()
                || !System.getProperty(StormProperties.CONF_FILE, "").isEmpty();
        if (!said || !(storm.get(Config.NIMBUS_SEEDS) instanceof List<?> seeds)) {
            return Optional.empty();
        }
        int port = ((Number) storm.get(Config.NIMBUS_THRIFT_PORT)).intValue();
        return Optional.of(new StormHealth(
                config, storm, seeds.stream().map(String::valueOf).toList(), port));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String where() {
        return "nimbus " + String.join(",", hosts) + ":" + port;
    }

    @Override
    public void run(Consumer<Finding> found) {
        Exception failure = null;
        for (String host : hosts) {
            try (NimbusClient nimbus = connect(host)) {
                found.accept(look(nimbus.getClient()::getClusterInfo, config, where(), TO_COME_BACK));
                return;
            } catch (IOException | TException | RuntimeException e) {
                failure = e;
            }
        }
        found.accept(Finding.fail(
                NAME,
                where(),
                "cannot be reached: " + Messages.of(failure),
                "start Nimbus, or correct topology.nimbus"));
    }

    private NimbusClient connect(String host) throws IOException, TException {
        try (Socket socket = new Socket()) { // Storm's client would try for minutes
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
        }
        return NimbusClient.Builder.withConf(storm).withTimeout(TIMEOUT_MILLIS).buildWithNimbusHostPort(host, port);
    }

    /** @param patience how long what is missing may take to appear */
    static Finding look(Nimbus nimbus, TopologyConfig config, String where, Duration patience) throws TException {
        long begin = System.nanoTime();
        while (true) {
            Finding finding = judge(nimbus.cluster(), config, where);
            if (finding.level() != Finding.Level.FAIL || System.nanoTime() - begin > patience.toNanos()) {
                return finding;
            }
            Pause.of(POLL);
        }
    }

    private static Finding judge(ClusterSummary cluster, TopologyConfig config, String where) {
        int slots = 0;
        int used = 0;
        for (SupervisorSummary supervisor : cluster.get_supervisors()) {
            slots += supervisor.get_num_workers();
            used += supervisor.get_num_used_workers();
        }
        int supervisors = cluster.get_supervisors_size();
        if (supervisors == 0) {
            return Finding.fail(NAME, where, "has no supervisor", "start a supervisor on each worker machine");
        }
        Optional<TopologySummary> running = cluster.get_topologies().stream()
                .filter(topology -> topology.get_name().equals(config.name()))
                .findAny();
        int free = slots - used;
        int needed =
                config.workers() - running.map(TopologySummary::get_num_workers).orElse(0);
        String is = supervisors + (supervisors == 1 ? " supervisor, " : " supervisors, ") + free + " of " + slots
                + " slots free"
                + running.map(topology -> ", topology " + config.name() + " is " + topology.get_status())
                        .orElse("");
        return needed > free
                ? Finding.fail(
                        NAME,
                        where,
                        is + "; the topology needs " + config.workers() + " workers",
                        "start more supervisors, kill another topology, or lower topology.workers")
                : Finding.ok(NAME, where, is);
    }
}
