package org.offerstorm.topology.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.bolts.testing.FeedSpout;
import org.offerstorm.bolts.testing.TopologyDriver;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.reference.ProfessionsReader;
import org.offerstorm.sinks.expiry.Expiry;
import org.offerstorm.sinks.memory.InMemoryDeadLetters;
import org.offerstorm.tools.config.ConfigLoader;

/** The expirer within the topology: when it looks, and what its failures do. */
class ExpiryWiringTest {
    private static final String NAME = ExpiryWiringTest.class.getName();
    private static final Deque<Object> ROUNDS = new ArrayDeque<>();
    private static int looked;
    private static boolean closed;

    private final OfferstormConfig config = ConfigLoader.defaults();
    private TopologyDriver driver;

    @BeforeEach
    void start() throws IOException {
        ROUNDS.clear();
        looked = 0;
        closed = false;
        driver = TopologyDriver.start(
                OffersTopology.wire(
                        config,
                        new OffersTopology.Parts(
                                new FeedSpout(NAME),
                                InMemoryDeadLetters.factory(NAME),
                                DataSet.of(ProfessionsReader.read(
                                        new ByteArrayInputStream(
                                                "id,name,category_name\n1,Developer,Tech\n".getBytes(UTF_8)),
                                        "test")),
                                () -> (latitude, longitude) -> Continent.EU,
                                Map.of(),
                                Scripted::new)),
                new HashMap<>(OffersTopology.stormConfig(config)));
    }

    @AfterEach
    void stop() {
        driver.close();
        FeedSpout.feed(NAME).clear();
        InMemoryDeadLetters.forget(NAME);
    }

    @Test
    void it_looks_once_a_minute_and_counts() {
        ROUNDS.add(new Expiry.Round(3, false));
        ROUNDS.add(new Expiry.Round(2, false));
        ticks(59);
        assertThat(looked).isZero();
        ticks(1);
        assertThat(looked).isEqualTo(1);
        ticks(60);
        assertThat(looked).isEqualTo(2);
        assertThat(driver.counter(TopologyNames.EXPIRER, TopologyNames.METRIC_EXPIRED))
                .isEqualTo(5);
    }

    @Test
    void it_continues_a_second_later_if_there_is_more() {
        ROUNDS.add(new Expiry.Round(1_000, true));
        ROUNDS.add(new Expiry.Round(10, false));
        ticks(61);
        assertThat(looked).isEqualTo(2);
    }

    @Test
    void a_failure_only_delays() {
        ROUNDS.add(new IOException("solr is away"));
        ROUNDS.add(new IllegalStateException("a mistake in the code"));
        ROUNDS.add(new Expiry.Round(1, false));
        ticks(180);
        assertThat(looked).isEqualTo(3);
        assertThat(driver.counter(TopologyNames.EXPIRER, TopologyNames.METRIC_EXPIRED))
                .isEqualTo(1);
        assertThat(driver.failed()).isZero();
    }

    @Test
    void it_is_closed_with_the_topology() {
        driver.close();
        assertThat(closed).isTrue();
    }

    private void ticks(int n) {
        for (int i = 0; i < n; i++) {
            driver.tick();
        }
    }

    private static final class Scripted implements Expiry {
        @Override
        public Round round() throws IOException {
            looked++;
            Object next = ROUNDS.remove();
            if (next instanceof IOException e) {
                throw e;
            }
            if (next instanceof RuntimeException e) {
                throw e;
            }
            return (Round) next;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
