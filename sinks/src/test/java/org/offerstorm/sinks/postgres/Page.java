package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The SQL of docs/postgres.md. */
final class Page {
    private static final Pattern BLOCK = Pattern.compile("(?s)```sql\\n(.*?)```");

    private Page() {}

    /** The blocks that begin with this. */
    static List<String> blocks(String begin) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/postgres.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.startsWith(begin))
                .toList();
        if (blocks.isEmpty()) {
            throw new IllegalStateException("docs/postgres.md has no SQL that begins with '" + begin + "'");
        }
        return blocks;
    }

    /** The query as of this moment. */
    static String asOf(String moment) throws IOException {
        return blocks("-- uses offer_versions_by_end").get(0).replace("2026-11-01 00:00:00+00", moment);
    }
}
