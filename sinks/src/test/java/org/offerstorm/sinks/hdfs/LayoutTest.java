package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01",
        "-1, 1970-01-01",
        "-9223372036854775808, 1970-01-01",
        "86399999, 1970-01-01",
        "86400000, 1970-01-02",
        "951782400000, 2000-02-29",
        "16725225600000, 2500-01-01",
        "253402300799999, 9999-12-31",
        "253402300800000, 9999-12-31",
        "9223372036854775807, 9999-12-31"
    })
    void every_timestamp_has_a_date_that_tools_can_read(long timestamp, String date) {
        assertThat(Layout.dateOf(timestamp)).hasToString(date);
        assertThat(Layout.of("/log").finished(Layout.dateOf(timestamp), "s0-1-1.avro"))
                .hasToString("/log/offers/dt=" + date + "/s0-1-1.avro");
    }

    /** All workers write the same dates, wherever they are. */
    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata"})
    void a_date_is_that_of_utc_in_any_time_zone(String zone) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            every_timestamp_has_a_date_that_tools_can_read(86_399_999, "1970-01-01");
            every_timestamp_has_a_date_that_tools_can_read(86_400_000, "1970-01-02");
            every_timestamp_has_a_date_that_tools_can_read(253_402_300_799_999L, "9999-12-31");
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
