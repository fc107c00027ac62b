package org.offerstorm.core.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.trigger.TriggerRule.Measure;

/** How rules are written. */
class TriggerRuleTest {
    @Test
    void a_rule_names_measure_cells_and_threshold() {
        TriggerRule rule = TriggerRule.parse("count(Tech, EU) > 1500");

        assertThat(rule)
                .isEqualTo(new TriggerRule(
                        Measure.COUNT,
                        "Tech",
                        Continent.EU,
                        new Condition(">", 1500),
                        Duration.ZERO,
                        new Condition("<=", 1470)));
        assertThat(rule.concerns(Cell.of("Tech", Continent.EU))).isTrue();
        assertThat(rule.concerns(Cell.of("Tech", Continent.AS))).isFalse();
        assertThat(rule.concerns(Cell.of("Sales", Continent.EU))).isFalse();
    }

    @Test
    void a_category_is_meant_as_it_looks() {
        TriggerRule rule = TriggerRule.parse("count(Développement : web, EU) > 1");

        assertThat(rule.concerns(Cell.of("De\u0301veloppement\u00A0: web", Continent.EU)))
                .isTrue();
        assertThat(rule.concerns(Cell.of("Developpement : web", Continent.EU))).isFalse();
    }

    @Test
    void a_star_is_any_and_a_duration_says_how_long() {
        TriggerRule rule = TriggerRule.parse("rate(*, AF) == 0 for 10m");

        assertThat(rule.held()).isEqualTo(Duration.ofMinutes(10));
        assertThat(rule.until()).isEqualTo(new Condition("!=", 0));
        assertThat(rule.concerns(Cell.of("Any", Continent.AF))).isTrue();
        assertThat(rule.concernsAll()).isFalse();
        assertThat(TriggerRule.parse("rate(*,*) < 5").concernsAll()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    count(Hôtellerie, restauration, EU) > 1 ; Hôtellerie, restauration
                    count(Arts "&" crafts, EU) > 1          ; Arts "&" crafts
                    count((none), *) > 1                    ; (none)
                    count("a, b", SA) > 1                   ; a, b
                    """)
    void categories_may_hold_commas_quotation_marks_and_brackets(String rule, String category) {
        assertThat(TriggerRule.parse(rule).category()).isEqualTo(category);
    }

    @Test
    void until_may_be_given() {
        assertThat(TriggerRule.parse("change(*, *) < -50 for 30 s until >= 0").until())
                .isEqualTo(new Condition(">=", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "count",
                "count(Tech) > 1",
                "count(Tech, EU)",
                "count(Tech, XX) > 1",
                "sum(Tech, EU) > 1",
                "count(Tech, EU) > 1.5",
                "count(Tech, EU) > 1 for long",
                "count(Tech, EU) => 1",
                "count(Tech, EU) > 1 until >= 5"
            })
    void what_is_not_a_rule_is_refused_with_what_to_write(String text) {
        assertThatThrownBy(() -> TriggerRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*; (write|choose) .*");
    }
}
