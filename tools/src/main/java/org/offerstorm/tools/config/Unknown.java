package org.offerstorm.tools.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.text.Nearest;

/** What to say about a key that does not exist. */
final class Unknown {
    private Unknown() {}

    static boolean isSection(String name) {
        return !name.isEmpty() && Options.BY_SECTION.containsKey(name);
    }

    /** The keys of a section, or at the top of the file. */
    static String keys(String section) {
        return String.join(", ", names(section));
    }

    static String inFile(String section, String key) {
        if (section.isEmpty() && Options.BY_PATH.containsKey(key)) {
            Option option = Options.BY_PATH.get(key);
            return "keys have no dots; write '" + option.section() + ":' and, indented below it, '" + option.key()
                    + ": …'";
        }
        List<String> elsewhere = Options.ALL.stream()
                .filter(option -> option.key().equals(key))
                .map(Option::section)
                .toList();
        if (!elsewhere.isEmpty()) {
            return "unknown key here; it belongs below " + String.join(" or ", elsewhere);
        }
        return Nearest.of(key, names(section))
                .map(name -> "unknown key; did you mean '" + name + "'?")
                .orElseGet(() -> "unknown key; known here: " + keys(section));
    }

    static String onCommandLine(String key) {
        if (isSection(key)) {
            return "is a section; set its options one by one, such as " + key + "."
                    + names(key).get(0);
        }
        Optional<String> nearest = Nearest.of(key, Options.BY_PATH.keySet());
        if (nearest.isPresent()) {
            return "unknown option; did you mean '" + nearest.get() + "'?";
        }
        String section = key.substring(0, Math.max(0, key.indexOf('.')));
        return isSection(section)
                ? "unknown option; known in '" + section + "': " + keys(section)
                : "unknown option; write SECTION.KEY, with one of " + keys("");
    }

    private static List<String> names(String section) {
        List<String> names = Options.BY_SECTION.getOrDefault(section, List.of()).stream()
                .map(Option::key)
                .collect(Collectors.toList());
        if (section.isEmpty()) {
            names.addAll(
                    0,
                    Options.BY_SECTION.keySet().stream()
                            .filter(s -> !s.isEmpty())
                            .toList());
        }
        return names;
    }
}
