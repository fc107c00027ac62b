package org.offerstorm.lake;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the rules of the other modules say, which cannot see this one: it has a separate class path. */
class LakeSourcesTest {
    private static final Path ROOT = Path.of(System.getProperty("offerstorm.root"));
    private static final String LAKE = "org.offerstorm.lake";
    private static final Pattern OURS = Pattern.compile("\\borg\\.offerstorm(?:\\.[a-z]+)+");

    @Test
    void a_class_name_has_one_meaning_in_all_modules() throws IOException {
        Map<String, TreeSet<String>> packages = sources(ROOT, "src/main/java/")
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(groupingBy(
                        file -> file.getFileName().toString(),
                        TreeMap::new,
                        mapping(LakeSourcesTest::packageOf, toCollection(TreeSet::new))));

        assertThat(packages).containsKeys("LakeMain.java", "Offerstorm.java", "RedisSink.java");
        packages.values().removeIf(each -> each.size() == 1);
        assertThat(packages).as("names and the packages that use them").isEmpty();
    }

    @Test
    void packages_of_the_lake_have_no_cycles() throws IOException {
        SortedMap<String, TreeSet<String>> uses = new TreeMap<>();
        for (Path file : sources(ROOT.resolve("lake"), "src/main/java/").toList()) {
            uses.computeIfAbsent(packageOf(file), name -> new TreeSet<>()).addAll(used(file));
        }
        uses.values().forEach(used -> used.retainAll(uses.keySet()));
        uses.forEach((name, used) -> used.remove(name));
        assertThat(uses.get(LAKE + ".cli")).contains(LAKE + ".batch", LAKE + ".serve");

        while (uses.values().removeIf(TreeSet::isEmpty)) { // what uses nothing is in no cycle
            uses.values().forEach(used -> used.retainAll(uses.keySet()));
        }
        assertThat(uses).as("packages that use each other").isEmpty();
    }

    @Test
    void the_lake_uses_the_modules_that_its_pom_names_and_no_storm() throws IOException {
        String pom = Files.readString(ROOT.resolve("lake/pom.xml"));
        List<String> modules = new ArrayList<>(List.of(LAKE));
        List<String> ofTests = new ArrayList<>();
        Pattern.compile(
                        "<artifactId>offerstorm-([a-z-]+)</artifactId>\\s*(?:<type>test-jar</type>\\s*)?(<scope>test</scope>)?")
                .matcher(pom.substring(pom.indexOf("</dependencyManagement>")))
                .results()
                .forEach(found -> (found.group(2) == null ? modules : ofTests)
                        .add("org.offerstorm." + found.group(1).replace('-', '.')));
        assertThat(modules).contains("org.offerstorm.core", "org.offerstorm.sinks");
        assertThat(ofTests).contains("org.offerstorm.local.servers");

        assertThat(strangers("src/main/java/", modules)).isEmpty();
        ofTests.addAll(modules);
        assertThat(strangers("src/test/java/", ofTests)).isEmpty();
    }

    /** Uses of other modules, and of Storm. */
    private static List<String> strangers(String sources, List<String> modules) throws IOException {
        List<String> strangers = new ArrayList<>();
        for (Path file : sources(ROOT.resolve("lake"), sources).toList()) {
            if (Files.readString(file).contains("import org.apache" + ".storm")) {
                strangers.add(file.getFileName() + " uses Storm");
            }
            used(file).stream()
                    .filter(name -> modules.stream().noneMatch(module -> (name + ".").startsWith(module + ".")))
                    .forEach(name -> strangers.add(file.getFileName() + " uses " + name));
        }
        return strangers;
    }

    /** Packages of ours that an import names. */
    private static TreeSet<String> used(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("import "))
                    .flatMap(line -> OURS.matcher(line).results())
                    .map(found -> found.group())
                    .collect(toCollection(TreeSet::new));
        }
    }

    private static Stream<Path> sources(Path directory, String below) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files
                    .filter(file -> file.toString().endsWith(".java")
                            && ROOT.relativize(file).toString().contains(below))
                    .toList()
                    .stream();
        }
    }

    private static String packageOf(Path file) {
        String path = ROOT.relativize(file.getParent()).toString();
        return path.substring(path.indexOf("/java/") + "/java/".length()).replace('/', '.');
    }
}
