package org.offerstorm.topology.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.offerstorm.core.config.HdfsConfig;
import org.offerstorm.core.config.OfferstormConfig;

/** Lays a user's file and single {@code key=value} settings over the defaults in conf/offerstorm.yaml. */
public final class ConfigLoader {
    private static final String DEFAULTS = "conf/offerstorm.yaml";

    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .propertyNamingStrategy(new KeysWithoutUnits())
            .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()))
            .addMixIn(HdfsConfig.class, HdfsSizes.class)
            .build();

    /** The defaults alone. */
    public static OfferstormConfig defaults() {
        return load(null, Map.of());
    }

    /**
     * Defaults, file and settings in one.
     *
     * @param file the user's file, or null
     * @param settings further settings, {@code redis.timeout} → {@code 2 s}; they win over the file
     * @throws ConfigException with file, place and remedy
     */
    public static OfferstormConfig load(Path file, Map<String, String> settings) {
        ConfigLoader loader = new ConfigLoader();
        ObjectNode tree = loader.readDefaults();
        if (file != null) {
            merge(tree, loader.readFile(file));
        }
        settings.forEach((key, value) -> loader.set(tree, key, value));
        return loader.bind(tree, file == null ? "configuration" : file.toString());
    }

    private ObjectNode readDefaults() {
        try (InputStream in = ConfigLoader.class.getClassLoader().getResourceAsStream(DEFAULTS)) {
            return (ObjectNode) yaml.readTree(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("the jar's own " + DEFAULTS + " cannot be read", e);
        }
    }

    private ObjectNode readFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode tree = yaml.readTree(in);
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                return yaml.createObjectNode();
            }
            if (!(tree instanceof ObjectNode object)) {
                throw new ConfigException(file + ": the file must hold keys and values, as conf/offerstorm.yaml does");
            }
            return object;
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": no such file");
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw new ConfigException(file + place + ": not YAML: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new ConfigException(file + ": cannot be read: " + e.getMessage());
        }
    }

    /** Objects are merged key by key; anything else replaces. Free-form {@code properties} are merged as well. */
    private static void merge(ObjectNode base, ObjectNode over) {
        over.properties().forEach(entry -> {
            JsonNode old = base.get(entry.getKey());
            if (old instanceof ObjectNode oldObject && entry.getValue() instanceof ObjectNode newObject) {
                merge(oldObject, newObject);
            } else {
                base.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private void set(ObjectNode tree, String key, String value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            try {
                tree.set(key, yaml.readTree(value));
            } catch (JacksonException e) {
                throw new ConfigException("-c " + key + "=" + value + ": not a YAML value");
            }
            return;
        }
        String head = key.substring(0, dot);
        String rest = key.substring(dot + 1);
        if (tree.get(head) instanceof ObjectNode child) {
            // Below "properties" the rest is one name, dots and all.
            if (head.equals("properties")) {
                child.put(rest, value);
            } else if (rest.startsWith("properties.") && child.get("properties") instanceof ObjectNode properties) {
                properties.put(rest.substring("properties.".length()), value);
            } else {
                set(child, rest, value);
            }
        } else {
            throw new ConfigException("-c " + key + ": there is no '" + head + "'; known here: " + keys(tree));
        }
    }

    private OfferstormConfig bind(ObjectNode tree, String where) {
        try {
            return yaml.treeToValue(tree, OfferstormConfig.class);
        } catch (UnrecognizedPropertyException e) {
            String known = e.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new ConfigException(where + ": " + path(e) + ": unknown key; known here: " + known);
        } catch (JsonMappingException e) {
            throw new ConfigException(where + ": " + path(e) + ": " + firstLine(e.getOriginalMessage()));
        } catch (JacksonException e) {
            throw new ConfigException(where + ": " + firstLine(e.getOriginalMessage()));
        }
    }

    private static String keys(ObjectNode tree) {
        return tree.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(ref -> ref.getFieldName() == null ? "[" + ref.getIndex() + "]" : ref.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    /** {@code rollSizeBytes} is written {@code roll-size}: the value carries its unit. */
    private static final class KeysWithoutUnits extends PropertyNamingStrategies.KebabCaseStrategy {
        private static final String BYTES = "-bytes";

        @Override
        public String translate(String input) {
            String key = super.translate(input);
            return key.endsWith(BYTES) ? key.substring(0, key.length() - BYTES.length()) : key;
        }
    }

    private static final class DurationDeserializer extends StdDeserializer<Duration> {
        DurationDeserializer() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Units.duration(parser.getText());
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(parser, e.getMessage());
            }
        }
    }

    private static final class SizeDeserializer extends StdDeserializer<Long> {
        SizeDeserializer() {
            super(Long.class);
        }

        @Override
        public Long deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Units.size(parser.getText());
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(parser, e.getMessage());
            }
        }
    }

    @SuppressWarnings("UnusedMethod") // Jackson reads the annotation
    private interface HdfsSizes {
        @com.fasterxml.jackson.databind.annotation.JsonDeserialize(using = SizeDeserializer.class)
        long rollSizeBytes();
    }
}
