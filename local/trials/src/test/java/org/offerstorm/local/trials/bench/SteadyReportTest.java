package org.offerstorm.local.trials.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.figures.DurationCounts;
import org.offerstorm.core.figures.Histogram;

/** How the worker's histograms are compared with what was measured from outside. */
class SteadyReportTest {
    private static final long MILLI = 1_000_000;

    @Test
    void a_histogram_agrees_if_both_quantiles_are_at_most_one_bucket_away() {
        DurationCounts counts = new DurationCounts();
        for (int i = 0; i < 98; i++) {
            counts.add(15 * MILLI);
        }
        counts.add(90 * MILLI);
        counts.add(90 * MILLI);
        Histogram histogram = counts.histogram();

        assertThat(SteadyReport.agree(histogram, measured(12, 80))).isTrue();
        assertThat(SteadyReport.agree(histogram, measured(40, 180))).isTrue();
        assertThat(SteadyReport.agree(histogram, measured(60, 80))).isFalse();
        assertThat(SteadyReport.agree(histogram, measured(12, 201))).isFalse();
        assertThat(new SteadyReport(
                                "redis",
                                1,
                                1,
                                1,
                                Map.of(),
                                1,
                                Map.of("redis-counter", measured(12, 80)),
                                Map.of("redis-counter", histogram),
                                1.25)
                        .text())
                .contains("<= 20   <= 100  agrees")
                .contains("read in 1.3 ms");
    }

    private static SteadyReport.Quantiles measured(double p50, double p99) {
        return new SteadyReport.Quantiles(p50, p99, p99, p99);
    }
}
