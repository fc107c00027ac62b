package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.storm.generated.ClusterSummary;
import org.apache.storm.generated.SupervisorSummary;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.Finding.Level;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.tools.setup.Checks;

/** Storm among the checks of {@code doctor}. */
class StormHealthTest {
    @Test
    void a_storm_that_is_not_there_is_reported() throws Exception {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }
        List<Finding> findings = new ArrayList<>();
        for (Check check : Checks.of(ConfigLoader.load(null, Map.of("topology.nimbus", nobody)))) {
            if (check.name().equals("storm")) {
                check.run(findings::add);
            }
        }

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.FAIL);
            assertThat(finding.name()).isEqualTo("storm");
            assertThat(finding.toString()).contains("nimbus " + nobody).contains("start Nimbus");
        });
    }

    @Test
    void a_supervisor_that_is_away_for_a_moment_is_waited_for() throws Exception {
        Deque<ClusterSummary> answers =
                new ArrayDeque<>(List.of(cluster(), cluster(supervisor(0, 0)), cluster(supervisor(2, 1))));

        Finding finding = look(answers, Duration.ofMinutes(1));

        assertThat(finding.level()).isEqualTo(Level.OK);
        assertThat(finding.toString()).contains("1 supervisor, 1 of 2 slots free");
        assertThat(answers).isEmpty();
    }

    @Test
    void a_supervisor_that_stays_away_and_slots_that_stay_used_are_reported() throws Exception {
        assertThat(look(new ArrayDeque<>(List.of(cluster())), Duration.ZERO).toString())
                .contains("has no supervisor", "start a supervisor on each worker machine");
        assertThat(look(new ArrayDeque<>(List.of(cluster(supervisor(1, 1)))), Duration.ZERO)
                        .toString())
                .contains("0 of 1 slots free; the topology needs 1 workers", "kill another topology");
    }

    private static Finding look(Deque<ClusterSummary> answers, Duration patience) throws Exception {
        return StormHealth.look(
                answers::remove, ConfigLoader.load(null, Map.of()).topology(), "nimbus a:1", patience);
    }

    private static ClusterSummary cluster(SupervisorSummary... supervisors) {
        return new ClusterSummary(List.of(supervisors), List.of(), List.of());
    }

    private static SupervisorSummary supervisor(int slots, int used) {
        return new SupervisorSummary("host", 1, slots, used, "id");
    }
}
