package org.offerstorm.local.trials.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StageTimesTest {
    private static final long MILLI = 1_000_000;

    /** Ten records, due each 10 ms. */
    private static StageTimes times() {
        StageTimes times = new StageTimes(10);
        for (int n = 0; n < 10; n++) {
            times.due(n, 10 * MILLI * n);
        }
        return times;
    }

    @Test
    void a_record_has_reached_a_stage_when_the_stage_has_first_passed_as_many() {
        StageTimes times = times();
        times.reached("hdfs", 5, 50 * MILLI);
        times.reached("hdfs", 4, 60 * MILLI); // an older reading changes nothing
        times.reached("hdfs", 10, 190 * MILLI);
        times.reached("solr", 99, 91 * MILLI);

        Map<String, SteadyReport.Quantiles> latencies = times.latencies(0);

        assertThat(latencies.keySet()).containsExactly("hdfs", "solr");
        // 50, 40, 30, 20, 10, then 140, 130, 120, 110, 100 ms.
        assertThat(latencies.get("hdfs")).isEqualTo(new SteadyReport.Quantiles(50, 140, 140, 140));
        assertThat(latencies.get("solr").most()).isEqualTo(91);
    }

    @Test
    void the_first_records_can_be_left_out() {
        StageTimes times = times();
        times.reached("redis", 10, 95 * MILLI);

        assertThat(times.latencies(8).get("redis")).isEqualTo(new SteadyReport.Quantiles(5, 15, 15, 15));
    }
}
