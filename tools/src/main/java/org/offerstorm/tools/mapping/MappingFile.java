package org.offerstorm.tools.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.mapping.MappedParser;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.tools.config.Origin;
import org.offerstorm.tools.config.YamlFile;
import org.yaml.snakeyaml.nodes.Node;

/** Reads mapping files. The grammar is in docs/mapping.md. */
public final class MappingFile {
    private static final String PACKAGED = "/conf/mappings/common.yaml";
    private static final YamlFile.Purpose MAPPING = new YamlFile.Purpose(
            "mapping",
            "conf/mappings/common.yaml",
            "'offerstorm inspect' writes one for a file of offers, and docs/mapping.md explains it",
            "four levels",
            2 << 20);

    private MappingFile() {}

    /**
     * The mapping that a setting names.
     *
     * @param setting the path of a file, {@value SourceConfig#COMMON_MAPPING} or {@value SourceConfig#NO_MAPPING}
     * @return null for {@value SourceConfig#NO_MAPPING}
     * @throws BadMapping with all that is wrong
     */
    public static Mapping of(String setting) {
        return switch (setting) {
            case SourceConfig.NO_MAPPING -> null;
            case SourceConfig.COMMON_MAPPING -> common();
            default -> read(path(setting));
        };
    }

    /**
     * Reads a file.
     *
     * @throws BadMapping with all that is wrong, also if it cannot be read
     */
    public static Mapping read(Path file) {
        Origin place = Origin.file(1, file.toString());
        try {
            return mapping(YamlFile.read(file, place, MAPPING), place);
        } catch (YamlFile.Unreadable e) {
            throw new BadMapping(place.source(), List.of(e.problem()));
        }
    }

    /**
     * Reads a text.
     *
     * @param name of the text in messages
     * @throws BadMapping with all that is wrong
     */
    public static Mapping parse(String text, String name) {
        return parse(text.getBytes(StandardCharsets.UTF_8), name);
    }

    /** The mapping of the usual names, which is in the jar. */
    public static Mapping common() {
        try (InputStream packaged = MappingFile.class.getResourceAsStream(PACKAGED)) {
            if (packaged == null) {
                throw new IllegalStateException("the jar has no " + PACKAGED);
            }
            return parse(packaged.readAllBytes(), "common.yaml of the jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mapping parse(byte[] bytes, String name) {
        Origin place = Origin.file(1, name);
        try {
            return mapping(YamlFile.parse(bytes, place, MAPPING), place);
        } catch (YamlFile.Unreadable e) {
            throw new BadMapping(name, List.of(e.problem()));
        }
    }

    private static Mapping mapping(Node root, Origin place) {
        Document document = new Document(place);
        Mapping mapping = new MappingReader(document).read(root);
        if (document.problems().isEmpty()) {
            MappedParser.problems(mapping).forEach(document::wrong); // what only the parser knows
        }
        if (!document.problems().isEmpty()) {
            throw new BadMapping(place.source(), document.problems());
        }
        return mapping;
    }

    private static Path path(String setting) {
        try {
            return Path.of(setting);
        } catch (InvalidPathException e) {
            Document document = new Document(Origin.file(1, "source.mapping"));
            document.wrong("cannot be a path: " + e.getReason());
            throw new BadMapping("of the configuration", document.problems());
        }
    }
}
