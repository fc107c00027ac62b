package org.offerstorm.dashboard.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DayTest {
    private static final long NOW = 29_000_000;
    private static final Offset<Double> CLOSE = Offset.offset(1e-6);

    @TempDir
    Path directory;

    @Test
    void a_day_is_remembered_and_what_is_older_is_forgotten() {
        Day day = new Day();
        for (long minute = NOW - 2_000; minute <= NOW; minute++) {
            day.put("x", minute, (double) (minute - NOW));
        }
        double[] steps = day.steps("x", NOW, 1);
        assertThat(steps).hasSize(Day.MINUTES).startsWith(-1_439).endsWith(0);
        assertThat(day.steps("x", NOW, 5)[287]).isEqualTo(-2);
        assertThat(day.steps("x", NOW + 1_500, 5)).containsOnly(Double.NaN);
    }

    @Test
    void what_was_not_known_is_a_gap() {
        Day day = new Day();
        day.put("x", NOW - 10, 5);
        day.put("x", NOW - 3, Double.NaN);
        day.put("x", NOW, 7);
        double[] steps = day.steps("x", NOW, 1);
        assertThat(steps[1_429]).isEqualTo(5);
        assertThat(Arrays.copyOfRange(steps, 1_430, 1_439)).containsOnly(Double.NaN);
        assertThat(steps[1_439]).isEqualTo(7);
        assertThat(day.steps("y", NOW, 1)).containsOnly(Double.NaN);
    }

    @Test
    void growth_is_a_line_through_a_saw_and_says_what_it_is_based_on() {
        Day day = new Day();
        LongStream.rangeClosed(0, 600)
                .forEach(i -> day.put("saw", NOW - 600 + i, (double) (1_000 + i * 2 + (i % 20 - 10) * 3)));
        Growth growth = day.growth("saw", NOW).orElseThrow();
        assertThat(growth.basedOn()).isEqualTo(600);
        assertThat(growth.perDay()).isBetween(2_850.0, 2_910.0);
        assertThat(growth.perMonth()).isEqualTo(growth.perDay() * 30, CLOSE);
    }

    @Test
    void growth_is_not_told_from_a_few_minutes() {
        Day day = new Day();
        LongStream.rangeClosed(0, 9).forEach(i -> day.put("x", NOW - 9 + i, (double) i));
        assertThat(day.growth("x", NOW)).isEmpty();
        day.put("x", NOW + 1, 10);
        assertThat(day.growth("x", NOW + 1).orElseThrow().perDay()).isEqualTo(1_440, Offset.offset(200.0));
        assertThat(day.growth("nothing", NOW)).isEmpty();
    }

    @Test
    void names_without_end_do_not_fill_the_memory() {
        Day day = new Day();
        for (int i = 0; i < 10_000; i++) {
            day.put("name-" + i, NOW, 1);
        }
        assertThat(day.kept()).hasSize(Day.MOST_SERIES);
    }

    @Test
    void a_file_keeps_the_day_over_a_restart() throws Exception {
        Day day = new Day();
        LongStream.rangeClosed(0, 1_600)
                .forEach(i -> day.put("a.b", NOW - 1_600 + i, i % 7 == 0 ? Double.NaN : i / 4.0));
        day.put("c", NOW - 5, (double) (1L << 40));
        Path file = directory.resolve("history.json");
        new DayFile(file).save(day);

        Day again = new DayFile(file).load();

        assertThat(again.steps("a.b", NOW, 1)).isEqualTo(day.steps("a.b", NOW, 1));
        assertThat(again.steps("c", NOW, 1)).isEqualTo(day.steps("c", NOW, 1));
        assertThat(directory.toFile().list()).containsExactly("history.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"schema\":2,\"series\":{}}",
                "{\"schema\":1,\"series\":{\"UPPER\":{\"newest\":1,\"values\":[]}}}",
                "{\"schema\":1,\"series\":{\"x\":{\"newest\":-1,\"values\":[]}}}",
                "{\"schema\":1,\"series\":{\"x\":{\"newest\":29000000,\"values\":[\"1\"]}}}",
                "{\"schema\":1,\"series\":{\"x\":{\"newest\":29000000,\"values\":[1"
            })
    void a_file_that_is_damaged_is_no_history_and_is_replaced(String content) throws Exception {
        Path file = directory.resolve("history.json");
        Files.writeString(file, content);
        DayFile history = new DayFile(file);

        Day day = history.load();

        assertThat(day.kept()).isEmpty();
        day.put("x", NOW, 1);
        history.save(day);
        assertThat(new DayFile(file).load().kept()).containsOnlyKeys("x");
    }

    @Test
    void a_directory_that_is_missing_ends_nothing() {
        DayFile nowhere = new DayFile(directory.resolve("missing/history.json"));
        Day day = nowhere.load();
        day.put("x", NOW, 1);
        nowhere.save(day);
        assertThat(day.kept()).containsOnlyKeys("x");
    }
}
