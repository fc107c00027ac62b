package org.offerstorm.topology.operate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
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

/** Nimbus, and whether its supervisors have slots for the workers. */
final class StormHealth implements Check {
    private static final String NAME = "storm";
    private static final int CONNECT_MILLIS = 2_000;
    private static final int TIMEOUT_MILLIS = 5_000;

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
                look(nimbus.getClient().getClusterInfo(), found);
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

    private void look(ClusterSummary cluster, Consumer<Finding> found) {
        int slots = 0;
        int used = 0;
        for (SupervisorSummary supervisor : cluster.get_supervisors()) {
            slots += supervisor.get_num_workers();
            used += supervisor.get_num_used_workers();
        }
        int supervisors = cluster.get_supervisors_size();
        if (supervisors == 0) {
            found.accept(Finding.fail(NAME, where(), "has no supervisor", "start a supervisor on each worker machine"));
            return;
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
        found.accept(
                needed > free
                        ? Finding.fail(
                                NAME,
                                where(),
                                is + "; the topology needs " + config.workers() + " workers",
                                "start more supervisors, kill another topology, or lower topology.workers")
                        : Finding.ok(NAME, where(), is));
    }
}
