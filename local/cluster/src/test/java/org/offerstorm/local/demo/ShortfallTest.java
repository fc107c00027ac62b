package org.offerstorm.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.ProduceResult;

class ShortfallTest {
    private static final Path FILE = Path.of("some", "offers.csv");

    @Test
    void a_file_that_is_in_the_topic_as_a_whole_lacks_nothing() {
        assertThat(Shortfall.of(FILE, new ProduceResult(3, 0, List.of(), 0, Map.of(), null)))
                .isEmpty();
    }

    @Test
    void a_file_that_was_not_read_to_its_end_is_reported_with_the_reason() {
        assertThat(Shortfall.of(FILE, new ProduceResult(1, 0, List.of(), 0, Map.of(), "line 3: a quote is not closed")))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("Not all of offers.csv was produced: the rest of the file was not read (line 3: a"
                                + " quote is not closed)."));
    }

    @Test
    void skipped_lines_are_reported_by_their_number() {
        List<Input.Skipped> skipped = List.of(new Input.Skipped(2, "no id"));
        assertThat(Shortfall.of(FILE, new ProduceResult(1, 0, skipped, 1, Map.of(), null)))
                .hasValueSatisfying(text -> assertThat(text).contains("produced: 1 line skipped."));
        assertThat(Shortfall.of(FILE, new ProduceResult(1, 0, skipped, 2_000, Map.of(), "it is cut")))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("2,000 lines skipped, and the rest of the file was not"));
    }
}
