package org.offerstorm.lake.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.check.Failure;

class LakeFiguresTest {
    private final LakeFigures figures =
            new LakeFigures(new LakeBench.Options(1_000, 100, 5_000, 3, 1, true, "local[1]", Path.of("none")), 2);

    @Test
    void medians_and_ratios_of_rounds_with_their_spread() throws Exception {
        for (double seconds : List.of(4.0, 2.0, 3.0)) {
            figures.add(LakeTrial.LAKE, trial(seconds, 40));
            figures.add(LakeBench.PLAIN, trial(4.0, 40));
        }
        figures.large(trial(6.0, 50));
        assertThat(figures.report())
                .containsPattern("first load, with counts +3.00 \\(2.00 to 4.00\\) +4.00 \\(4.00 to 4.00\\)"
                        + " +0.75 \\(0.50 to 1.00\\)")
                .containsPattern("bytes a row +100.00")
                .containsPattern(
                        "into 5,000 offers.*\n.*\nmerge of changes, CPU seconds +6.00 +2.00 \\(2.00 to 2.00\\)");
    }

    @Test
    void contenders_that_count_differently_have_no_figures() {
        figures.add(LakeTrial.LAKE, trial(1, 40));
        assertThatThrownBy(() -> figures.add(LakeBench.PLAIN, trial(1, 41)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'rows' is 41 by plain, and was 40 before");
    }

    /** All times are the same. */
    private static Map<String, LakeFigure> trial(double seconds, long rows) {
        Map<String, LakeFigure> trial = new HashMap<>();
        for (String name : List.of(
                "session", "load", "merge-1", "merge-2", "open", "counts", "at", "history", "data files", "peak")) {
            trial.put(name, LakeFigure.parse(name + "\t" + seconds + "\t" + seconds + "\t7"));
        }
        trial.put("rows", new LakeFigure("rows", 0, 0, rows));
        trial.put("bytes", new LakeFigure("bytes", 0, 0, 100 * rows));
        return trial;
    }
}
