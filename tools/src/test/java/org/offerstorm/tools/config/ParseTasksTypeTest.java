package org.offerstorm.tools.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseTasksTypeTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "3, 3", "4, 4", "64, 4"})
    void a_machine_with_these_cores_has_so_many_tasks(int cores, int tasks) {
        ParseTasksType type = new ParseTasksType(cores);

        assertThat(type.parse("cores")).isEqualTo(tasks);
        assertThat(type.reason("cores"))
                .startsWith("because this machine has " + cores + (cores == 1 ? " core (" : " cores ("));
    }

    @Test
    void a_number_that_is_written_counts_on_any_machine() {
        assertThat(new ParseTasksType(1).parse("7")).isEqualTo(7);
        assertThat(new ParseTasksType(64).parse("1")).isEqualTo(1);
        assertThat(new ParseTasksType(64).reason("1")).isEqualTo("as topology.parse-tasks says");
    }

    @Test
    void other_values_are_refused_with_what_is_allowed() {
        ParseTasksType type = new ParseTasksType(2);

        assertThatThrownBy(() -> type.parse("0")).hasMessage("0 is too little; write 1 to 1000");
        assertThatThrownBy(() -> type.parse("1001")).hasMessage("1001 is too much; write 1 to 1000");
        for (String text : new String[] {"core", "", "2.5", "all cores"}) {
            assertThatThrownBy(() -> type.parse(text))
                    .hasMessage("'" + text + "' is neither a whole number nor cores; write 1 to 1000, or cores");
        }
    }
}
