package org.offerstorm.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** deploy/monitoring and the pages that speak of it. */
class MonitoringFilesTest {
    private static final Path ROOT = Path.of(System.getProperty("offerstorm.root"));
    private static final List<String> FILES = List.of(
            "deploy/monitoring/recording.rules.yml",
            "deploy/monitoring/alerts.rules.yml",
            "deploy/monitoring/grafana/offerstorm.json");

    @Test
    void each_alert_links_the_section_that_is_about_it() throws IOException {
        Map<String, String> sections = new HashMap<>();
        for (String section : read("docs/monitoring.md").split("\n#+ ", -1)) {
            String title = section.split("\n", 2)[0];
            sections.put(title.toLowerCase(Locale.ROOT).replace(' ', '-'), section);
        }
        String rules = read("deploy/monitoring/alerts.rules.yml");
        List<String> alerts = List.of(rules.split("- alert: ", -1));
        assertThat(alerts).hasSizeGreaterThan(15);
        for (String alert : alerts.subList(1, alerts.size())) {
            String name = alert.lines().findFirst().orElseThrow();
            List<MatchResult> links = Pattern.compile("runbook: docs/monitoring\\.md#(\\S+)")
                    .matcher(alert)
                    .results()
                    .toList();
            assertThat(links).as(name).hasSize(1);
            assertThat(sections).as(name).containsKey(links.get(0).group(1));
            assertThat(sections.get(links.get(0).group(1))).contains("`" + name + "`:");
        }
    }

    @Test
    void each_metric_of_a_rule_or_a_panel_is_one_that_is_served() throws IOException {
        Set<String> documented = names("\\| `(offerstorm_[a-z_]+)` \\|", read("docs/metrics.md"));
        Set<String> recorded = names("- record: (\\S+)", read(FILES.get(0)));
        for (String file : FILES) {
            String text = read(file);
            Set<String> used = names("(?<![\\w:])(offerstorm_[a-z_]+)", text);
            assertThat(used.stream()
                            .map(name -> name.replaceFirst("_(bucket|sum|count)$", ""))
                            .collect(Collectors.toSet()))
                    .as(file)
                    .isNotEmpty()
                    .isSubsetOf(documented);
            assertThat(names("(offerstorm:[a-z_]+:[a-z0-9_]+)", text)).as(file).isSubsetOf(recorded);
        }
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
