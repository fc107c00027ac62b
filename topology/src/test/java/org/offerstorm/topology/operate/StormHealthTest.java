package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
}
