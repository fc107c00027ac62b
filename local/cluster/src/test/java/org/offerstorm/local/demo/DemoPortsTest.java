package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;

class DemoPortsTest {
    @Test
    void two_servers_cannot_have_one_port() {
        assertThatThrownBy(() -> DemoPorts.requireDistinct(Map.of("redis", 9999, "kafka", 9999, "solr", Ports.ANY)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--kafka-port and --redis-port are both 9999");
        assertThatCode(() -> DemoPorts.requireDistinct(Map.of("redis", Ports.ANY, "kafka", Ports.ANY, "solr", 1)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new DemoPorts(9999, 9999, 0, 0, 0, 0, 0, 0))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--kafka-port and --redis-port are both 9999");
    }

    @Test
    void a_server_without_a_wish_may_have_any_port() {
        assertThat(new DemoPorts(0, 0, 0, 0, 0, 0, 0, 0).any()).isFalse();
        assertThat(new DemoPorts(0, 0, 0, 0, 0, 0, 8080, 0).any()).isTrue();
    }
}
