package org.offerstorm.tools.cli.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.tools.report.CountFormat;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {
    @ParameterizedTest
    @CsvSource({
        "90, PT90S",
        "0, PT0S",
        "90s, PT90S",
        "90 s, PT90S",
        "500ms, PT0.5S",
        "5 min, PT5M",
        "5min, PT5M",
        "2 h, PT2H",
        "2h, PT2H",
        "' 1 d ', PT24H",
        "36500d, PT876000H"
    })
    void a_duration_is_a_number_of_seconds_or_has_a_unit(String text, Duration duration) {
        assertThat(new Durations().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 hours", "", "soon", "-5", "1.5h", "5 m", "90S", "9999999999999999"})
    void what_is_not_a_duration_is_refused_with_what_is(String text) {
        assertThatThrownBy(() -> new Durations().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a duration; write 90s, 5min or 2h");
    }

    @Test
    void a_duration_that_no_deadline_can_have_is_refused() {
        assertThatThrownBy(() -> new Durations().convert("36501d"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'36501d' is too long; write at most 36500d");
        assertThatThrownBy(() -> new Durations().convert("999999999999999d"))
                .isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2h, 2026-03-01T10:00:00Z",
        "7 d, 2026-02-22T12:00:00Z",
        "2026-02-28, 2026-02-28T00:00:00Z",
        "2026-02-28T09:30:00+01:00, 2026-02-28T08:30:00Z"
    })
    void a_point_in_time_is_a_duration_ago_or_a_date(String text, Instant moment) {
        assertThat(new Moments(() -> Instant.parse("2026-03-01T12:00:00Z")).convert(text))
                .isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026", "yesterday", "", "2026-02-30", "999999999999999d"})
    void what_is_not_a_point_in_time_is_refused_with_what_is(String text) {
        assertThatThrownBy(() -> new Moments().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage(
                        "'" + text
                                + "' is not a point in time; write 90s, 30min, 2h or 7d (ago), 2026-03-01 or 2026-03-01T09:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "65536", "-1", "", "99999999999", "80 80", "٣"})
    void what_is_not_a_port_is_refused_with_what_is(String text) {
        assertThatThrownBy(() -> Port.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a port; write 1 to 65535, or 0 for any free one");
        assertThat(Port.parse("65535")).isEqualTo(new Port(65_535));
        assertThat(Port.parse("0")).isEqualTo(Port.ANY);
    }

    @Test
    void a_rate_may_have_its_unit() {
        assertThat(Port.parse("1").number()).isOne();
        assertThat(Rate.parse("500")).isEqualTo(new Rate(500)).hasToString("500");
        assertThat(Rate.parse("500/s")).isEqualTo(new Rate(500));
        assertThat(Rate.parse("0.5 /s")).isEqualTo(new Rate(0.5)).hasToString("0.5");
        for (String text : new String[] {"-1", "fast", "1/m", "NaN", "1e3", "0x10", "1000000000", ""}) {
            assertThatThrownBy(() -> Rate.parse(text))
                    .isInstanceOf(TypeConversionException.class)
                    .hasMessage("'" + text + "' is not a rate; write records a second, such as 500 or 500/s");
        }
    }

    @Test
    void a_choice_is_a_word_in_either_case() {
        Choice<CountFormat> choice = new Choice<>(CountFormat.class);
        assertThat(choice.convert("csv")).isEqualTo(CountFormat.CSV);
        assertThat(choice.convert("CSV")).isEqualTo(CountFormat.CSV);
        assertThatThrownBy(() -> choice.convert("xml"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'xml' is not a choice; write text, csv, json or md");
    }

    @Test
    void numbers_are_digits() {
        assertThat(NumberValues.whole("-7")).isEqualTo(-7);
        assertThat(NumberValues.wholeLong("3000000000")).isEqualTo(3_000_000_000L);
        assertThatThrownBy(() -> NumberValues.whole("3000000000"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'3000000000' is too large");
        assertThatThrownBy(() -> NumberValues.whole("1e3"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'1e3' is not a whole number; write digits alone");
    }

    @Test
    void foreign_text_in_a_message_is_short_and_on_one_line() {
        assertThatThrownBy(() -> new Durations().convert("\u001b[2J" + "x".repeat(100)))
                .hasMessage("'?[2J" + "x".repeat(56) + "…' is not a duration; write 90s, 5min or 2h");
    }
}
