package org.offerstorm.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.trigger.HealthRule.Measure;

/** How rules on the pipeline are written. */
class HealthRuleTest {
    @Test
    void a_rule_names_measure_threshold_and_time() {
        assertThat(AlertRule.parse("lag > 100000 for 5m"))
                .isEqualTo(new HealthRule(
                        Measure.LAG,
                        "*",
                        new Condition(">", 100_000),
                        Duration.ofMinutes(5),
                        new Condition("<=", 98_000)));
    }

    @Test
    void a_sink_or_a_reason_is_in_brackets() {
        assertThat(AlertRule.parse("held(solr) > 0 for 1m"))
                .isEqualTo(new HealthRule(
                        Measure.HELD, "solr", new Condition(">", 0), Duration.ofMinutes(1), new Condition("==", 0)));
        assertThat(AlertRule.parse("dead_letters( bad_json ) >= 1"))
                .isEqualTo(new HealthRule(
                        Measure.DEAD_LETTERS,
                        "bad_json",
                        new Condition(">=", 1),
                        Duration.ZERO,
                        new Condition("<", 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "durable_age > 60s, 60000",
        "durable_age > 60, 60000",
        "latency(hdfs) > 2.5s, 2500",
        "oldest >= 2m, 120000"
    })
    void times_have_units(String rule, long millis) {
        assertThat(AlertRule.parse(rule).condition().number()).isEqualTo(millis);
    }

    @Test
    void times_are_shown_in_seconds() {
        AlertRule rule = AlertRule.parse("latency(*) > 500ms until < 0.3s");

        assertThat(rule.words(1_250)).isEqualTo("1.25 s");
        assertThat(rule.number(1_250)).isEqualTo(1.25);
        assertThat(rule.until()).isEqualTo(new Condition("<", 300));
        assertThat(AlertRule.parse("lag > 5").words(70)).isEqualTo("70");
    }

    @Test
    void a_missing_worker_is_over_when_it_is_back() {
        assertThat(AlertRule.parse("workers < 2 for 30s").until()).isEqualTo(new Condition(">=", 2));
    }

    @Test
    void rules_on_the_table_are_as_they_were() {
        assertThat(AlertRule.parse("rate(*, AF) == 0 for 10m")).isInstanceOf(TriggerRule.class);
        // A category may have the name of a measure.
        assertThat(AlertRule.parse("count(lag, EU) > 1")).isEqualTo(TriggerRule.parse("count(lag, EU) > 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lag",
                "lag > many",
                "lag(solr) > 1",
                "lag > 60s",
                "lag > 5%",
                "lag > 1.5",
                "lag > 5 until > 4",
                "durable_age > 5%",
                "held(solr > 0",
                "held(a b) > 0",
                "lags > 1"
            })
    void what_is_not_a_rule_is_refused_with_what_to_write(String text) {
        assertThatThrownBy(() -> AlertRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*; (write|choose) .*");
    }
}
