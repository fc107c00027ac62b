package org.offerstorm.local.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package says what it is for, and one thing that is always true of it. */
class PackagePagesTest {
    private static final Path ROOT = Path.of(System.getProperty("offerstorm.root"));

    @Test
    void every_package_has_a_page_with_its_invariant() throws IOException {
        List<String> problems = new ArrayList<>();
        for (Path directory : packages()) {
            Path page = directory.resolve("package-info.java");
            if (!Files.exists(page)) {
                problems.add(ROOT.relativize(page) + " is missing");
                continue;
            }
            List<String> lines = Files.readAllLines(page);
            if (lines.size() < 4 || lines.stream().noneMatch(line -> line.contains("Invariant: "))) {
                problems.add(ROOT.relativize(page) + " needs three lines of text, one with 'Invariant: '");
            }
        }
        assertThat(problems).isEmpty();
    }

    private static Set<Path> packages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java")
                            && ROOT.relativize(file).toString().contains("src/main/java/"))
                    .map(Path::getParent)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
