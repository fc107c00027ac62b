package org.offerstorm.local.trials.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/guarantees.md says which test proves what: these are there. */
class GuaranteesPageTest {
    private static final Path ROOT = Path.of(System.getProperty("offerstorm.root"));

    @Test
    void every_test_and_check_that_the_page_names_exists() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/guarantees.md"));
        Map<String, String> sources = sources();
        String last = null;
        List<MatchResult> names = Pattern.compile("`([A-Z]\\w+(?:Test|Contract))?\\.?([a-z]\\w+…?)?`")
                .matcher(page)
                .results()
                .toList();
        assertThat(names).hasSizeGreaterThan(40);
        for (MatchResult name : names) {
            last = name.group(1) == null ? last : name.group(1);
            String method = name.group(2);
            if (name.group(1) != null) {
                assertThat(sources).as(name.group()).containsKey(last);
            }
            if (method != null && (name.group(1) != null || method.matches(".*[A-Z].*|.*_.*"))) {
                assertThat(sources.get(last))
                        .as("%s of %s", name.group(), last)
                        .contains("void " + method.replace("…", ""));
            }
        }
        Pattern.compile("`(\\.ci/checks/[^`]+)`").matcher(page).results().forEach(check -> assertThat(
                        ROOT.resolve(check.group(1)))
                .exists());
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of(
                "core",
                "deploy/solr",
                "local/servers",
                "sinks",
                "spouts",
                "tools",
                "bolts",
                "topology",
                "dashboard",
                "ingest",
                "lake",
                "local/cluster",
                "local/trials")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file ->
                                sources.put(file.getFileName().toString().replace(".java", ""), read(file)));
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
