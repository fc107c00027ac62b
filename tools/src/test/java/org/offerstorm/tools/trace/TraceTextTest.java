package org.offerstorm.tools.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceTextTest {
    @Test
    void a_whole_second_is_as_long_as_any_other_time() {
        assertThat(TraceText.time(1_700_000_000_000L)).isEqualTo("2023-11-14T22:13:20.000Z");
        assertThat(TraceText.time(1_700_000_000_001L)).isEqualTo("2023-11-14T22:13:20.001Z");
    }
}
