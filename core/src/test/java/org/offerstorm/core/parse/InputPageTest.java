package org.offerstorm.core.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InputPageTest {
    @Test
    void docs_input_md_lists_every_reason_and_no_other_in_the_order_of_the_enum() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("offerstorm.root"), "docs", "input.md"));
        String reasons = page.substring(page.indexOf("## Reasons"));
        int next = reasons.indexOf("\n## ", 1);
        List<String> listed = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|")
                .matcher(next < 0 ? reasons : reasons.substring(0, next))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        assertThat(listed)
                .containsExactlyElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::code).toList());
    }
}
