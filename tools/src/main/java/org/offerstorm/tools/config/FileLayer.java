package org.offerstorm.tools.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.option.Option;
import org.offerstorm.core.option.Option.Names;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.tools.config.Settings.Written;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Lays a YAML file over the settings. Goes on after each problem, so that all are found at once. */
final class FileLayer {
    private final Origin file;
    private final Settings settings;

    private FileLayer(Origin file, Settings settings) {
        this.file = file;
        this.settings = settings;
    }

    static void apply(Path path, int layer, Settings settings) {
        Origin place = Origin.file(layer, path.toString());
        FileLayer reader = new FileLayer(place, settings);
        Node document;
        try {
            document = YamlFile.read(path, place);
        } catch (YamlFile.Unreadable e) {
            settings.wrong(e.problem().place(), "", e.problem().message());
            return;
        }
        if (document instanceof MappingNode mapping) {
            reader.section(mapping, "");
        } else if (document != null && !isNothing(document)) {
            settings.wrong(
                    place.at(document.getStartMark()),
                    "",
                    "holds " + kind(document) + "; a configuration is keys and values, as in conf/offerstorm.yaml");
        }
    }

    private void section(MappingNode mapping, String section) {
        for (Entry entry : entries(mapping, section)) {
            String path = section.isEmpty() ? entry.key() : section + "." + entry.key();
            boolean isSection = section.isEmpty() && Unknown.isSection(entry.key());
            if (isSection && entry.value() instanceof MappingNode child) {
                section(child, entry.key());
            } else if (isSection) {
                if (!isNothing(entry.value())) {
                    wrong(
                            entry.value(),
                            path,
                            "is " + kind(entry.value()) + "; it is a section, with keys below it: "
                                    + Unknown.keys(entry.key()));
                }
            } else if (Options.in(section, entry.key()).isPresent()) {
                option(Options.BY_PATH.get(path), entry.value());
            } else {
                settings.wrong(entry.place(), Masking.excerpt(path), Unknown.inFile(section, entry.key()));
            }
        }
    }

    private void option(Option option, Node value) {
        if (option instanceof Properties properties) {
            if (value instanceof MappingNode mapping) {
                properties(properties, mapping);
            } else if (!isNothing(value)) {
                wrong(value, option.path(), "is " + kind(value) + "; write each property below it as name: value");
            }
        } else if (isNothing(value)) {
            wrong(value, option.path(), "has no value; write one (" + option.allowed() + ") or remove the key");
        } else if (option instanceof Single<?> single) {
            if (value instanceof ScalarNode scalar) {
                settings.set(single, written(scalar));
            } else {
                wrong(value, option.path(), "is " + kind(value) + "; write one value: " + option.allowed());
            }
        } else if (option instanceof Names sinks) {
            if (value instanceof SequenceNode list) {
                sinks(sinks, list);
            } else {
                wrong(value, option.path(), "is " + kind(value) + "; write a list, such as " + option.defaultText());
            }
        }
    }

    private void sinks(Names option, SequenceNode list) {
        List<Written> names = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (item instanceof ScalarNode scalar) {
                names.add(written(scalar));
            } else {
                wrong(item, option.path(), "is " + kind(item) + " in the list; write names: " + option.defaultText());
                return;
            }
        }
        settings.set(option, names, file.at(list.getStartMark()));
    }

    private void properties(Properties option, MappingNode mapping) {
        for (Entry entry : entries(mapping, option.path())) {
            String path = option.path() + "." + Masking.excerpt(entry.key());
            if (isNothing(entry.value())) {
                wrong(entry.value(), path, "has no value; write one, or \"\" for an empty one, or remove the key");
            } else if (entry.value() instanceof ScalarNode scalar) {
                settings.set(option, entry.key(), written(scalar));
            } else {
                wrong(
                        entry.value(),
                        path,
                        "is " + kind(entry.value()) + "; names of properties keep their dots, as in"
                                + " security.protocol: SSL, and have one value");
            }
        }
    }

    private record Entry(String key, Origin place, Node value) {}

    /** The entries whose keys are words; of those that come twice, the first. */
    private List<Entry> entries(MappingNode mapping, String parent) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar) || isNothing(key)) {
                wrong(key, parent, "has a key that is " + kind(key) + "; keys are plain words");
                continue;
            }
            Origin place = file.at(key.getStartMark());
            Integer first = lines.putIfAbsent(scalar.getValue(), place.line());
            if (first == null) {
                entries.add(new Entry(scalar.getValue(), place, tuple.getValueNode()));
            } else {
                String path = parent.isEmpty() ? scalar.getValue() : parent + "." + scalar.getValue();
                settings.wrong(
                        place, Masking.excerpt(path), "appears a second time, first in line " + first + "; remove one");
            }
        }
        return entries;
    }

    private Written written(ScalarNode scalar) {
        return new Written(scalar.getValue(), file.at(scalar.getStartMark()));
    }

    private void wrong(Node node, String path, String message) {
        settings.wrong(file.at(node.getStartMark()), path, message);
    }

    /** {@code key:}, {@code key: ~} and {@code key: null}. */
    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.NULL)
                && scalar.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private static String kind(Node node) {
        if (isNothing(node)) {
            return "empty";
        }
        return node instanceof MappingNode ? "keys and values" : node instanceof SequenceNode ? "a list" : "a text";
    }
}
