package org.offerstorm.spouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.apache.storm.topology.TopologyBuilder;
import org.apache.storm.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.config.SourceConfig;

class OfferSpoutTest {
    @Test
    void puts_no_kafka_property_into_the_component_configuration() {
        TopologyBuilder builder = new TopologyBuilder();
        builder.setSpout("offers", spout(Map.of("sasl.jaas.config", "password=${env:SECRET}", "client.rack", "r1")));

        String configuration =
                builder.createTopology().get_spouts().get("offers").get_common().get_json_conf();

        assertThat(String.valueOf(configuration)).doesNotContain("sasl", "client.rack", "9092", "group.id");
    }

    @Test
    void travels_serialized_with_its_secrets_as_references() {
        byte[] bytes = Utils.javaSerialize(spout(Map.of("sasl.jaas.config", "password=${env:PATH}")));

        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("${env:PATH}");
        assertThat(Utils.javaDeserialize(bytes, OfferSpout.class)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"enable.auto.commit", "isolation.level", "auto.offset.reset", "group.id"})
    void refuses_a_property_that_the_guarantees_rest_on(String property) {
        assertThatThrownBy(() -> spout(Map.of(property, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(property);
    }

    private static OfferSpout spout(Map<String, String> properties) {
        return new OfferSpout(
                new SourceConfig("127.0.0.1:9092", "offers", "group", 1, properties),
                SpoutTuning.of(Set.of("redis"), 16),
                Map.of(),
                null);
    }
}
