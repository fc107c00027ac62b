package org.offerstorm.topology.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.storm.Config;
import org.junit.jupiter.api.Test;
import org.offerstorm.tools.config.ConfigLoader;
import org.offerstorm.topology.wiring.OffersTopology;

class RunningTopologyTest {
    @Test
    void a_running_topology_says_where_its_figures_are() throws IOException {
        String conf = new ObjectMapper().writeValueAsString(OffersTopology.stormConfig(ConfigLoader.defaults()));

        assertThat(RunningTopology.of(conf)).isEqualTo(new RunningTopology(10_000, 1, ""));
        assertThat(RunningTopology.of("{\"" + Config.TOPOLOGY_WORKERS + "\":3}"))
                .isEqualTo(new RunningTopology(0, 3, ""));
        assertThat(RunningTopology.of("{\"" + RunningTopology.STREAM + "\":\"offerstorm at a:9092\"}").stream())
                .isEqualTo("offerstorm at a:9092");
    }
}
