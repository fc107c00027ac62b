package org.offerstorm.bolts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.Reason;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class BadRecordAlarmTest {
    private static final ChunkHeader HEADER =
            new ChunkHeader(new Source("offers", "id", 1, 4), 0, 1, List.of(), List.of(), false);

    private final List<String> lines = new ArrayList<>();
    private final BadRecordAlarm alarm = new BadRecordAlarm("parse task 1", new LinesOf(lines));
    private long offset = 40;

    @Test
    void a_flood_gives_one_warning_in_ten_seconds_with_counts_and_an_example() {
        for (int second = 0; second < 30; second++) {
            take(200, Reason.BAD_JSON, "cut");
            take(100, Reason.BAD_DATE, "no zone");
            alarm.records(700);
            alarm.tick();
        }
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .isEqualTo("WARN parse task 1: 3000 of 10000 records are bad (30 %): bad_json 2000, bad_date 1000, "
                        + "see docs/input.md for the reasons, and ask who produces them; "
                        + "for instance offers-3@40 (bad_json: cut)");
        assertThat(lines.get(1)).contains("3000 of 10000", "offers-3@3040");
    }

    @Test
    void a_few_bad_records_give_one_summary_a_minute() {
        for (int second = 0; second < 120; second++) {
            take(1, Reason.KEY_MISSING, "no key");
            alarm.records(99);
            alarm.tick();
        }
        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("INFO parse task 1: 60 of 6000 records"));
    }

    @Test
    void a_fifth_is_no_alarm_and_one_more_is() {
        take(20, Reason.BAD_JSON, "x");
        alarm.records(80);
        tick(10);
        assertThat(lines).isEmpty();
        take(21, Reason.BAD_JSON, "x");
        alarm.records(79);
        tick(10);
        assertThat(lines).singleElement().asString().startsWith("WARN parse task 1: 21 of 100 ");
    }

    @Test
    void good_records_of_a_calm_hour_do_not_hide_a_burst() {
        for (int second = 0; second < 3600; second++) {
            alarm.records(10_000);
            alarm.tick();
        }
        take(10_000, Reason.BAD_JSON, "x");
        tick(10);
        assertThat(lines).singleElement().asString().startsWith("WARN parse task 1: 10000 of 10000 ");
    }

    @Test
    void without_bad_records_there_is_no_line() {
        for (int second = 0; second < 300; second++) {
            alarm.records(1000);
            alarm.tick();
        }
        alarm.close();
        assertThat(lines).isEmpty();
    }

    @Test
    void each_bad_record_is_counted_in_one_line_also_when_the_bolt_ends() {
        take(1, Reason.BAD_JSON, "x");
        alarm.records(99);
        tick(10); // calm
        take(50, Reason.BAD_JSON, "x");
        tick(10); // alarm
        take(2, Reason.BAD_JSON, "x");
        alarm.records(98);
        tick(3);
        alarm.close();
        assertThat(lines)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("WARN parse task 1: 50 of 50 "),
                        line -> assertThat(line).startsWith("INFO parse task 1: 3 of 200 "));
    }

    @Test
    void a_line_is_one_line_of_plain_text_and_at_most_512_characters() {
        take(1, Reason.DUPLICATE_FIELD, "'a\r\n\u001b[2J\u0085\u2028\u202e\ud83d " + "\u0007".repeat(900) + "'");
        for (Reason reason : Reason.values()) {
            take(Integer.MAX_VALUE / 1_000_000, reason, "x");
        }
        tick(10);
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.substring("WARN ".length())).hasSizeLessThanOrEqualTo(512);
            assertThat(line).contains("'a\\u000d\\u000a\\u001b[2J\\u0085\\u2028\\u202e\\ud83d \\u0007", "others ");
            assertThat(line).endsWith("…");
            assertThat(line.chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202E);
        });
    }

    private void take(int count, Reason reason, String detail) {
        alarm.records(count);
        for (int i = 0; i < count; i++) {
            alarm.bad(HEADER, new SourcePosition(3, offset++, 0), new Rejected(reason, detail));
        }
    }

    private void tick(int seconds) {
        for (int i = 0; i < seconds; i++) {
            alarm.tick();
        }
    }

    /** Keeps the lines of all levels. */
    private static final class LinesOf extends LegacyAbstractLogger {
        private final transient List<String> lines;

        LinesOf(List<String> lines) {
            this.lines = lines;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
            lines.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments));
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
