package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.check.Failure;
import picocli.CommandLine.TypeConversionException;

class DemoCommandTest {
    @Test
    void two_servers_cannot_have_one_port() {
        assertThatThrownBy(() -> DemoCommand.requireDistinct(Map.of("redis", 9999, "kafka", 9999, "solr", Ports.ANY)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--kafka-port and --redis-port are both 9999");
        assertThatCode(() -> DemoCommand.requireDistinct(Map.of("redis", Ports.ANY, "kafka", Ports.ANY, "solr", 1)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "65536", "-1", "", "99999999999"})
    void what_is_not_a_port_is_reported_with_what_is(String text) {
        assertThatThrownBy(() -> new DemoCommand.PortConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is no port; write 1 to 65535");
        assertThat(new DemoCommand.PortConverter().convert("65535")).isEqualTo(65_535);
    }
}
