package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.mapping.MappedParser;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.reference.Professions;
import org.offerstorm.tools.config.ReferenceTable;
import org.offerstorm.tools.mapping.MappingFile;

/**
 * Files of all forms, with their mappings, from the file to the offer: {@code test-data/mappings/NAME} has an input, its
 * mapping (none: the common one), and what each record must become.
 */
class MappedFilesTest {
    private static final Path FILES = Path.of(System.getProperty("offerstorm.root"), "test-data", "mappings");
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    static List<String> names() throws IOException {
        try (Stream<Path> directories = Files.list(FILES)) {
            return directories
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void there_are_files_of_many_forms() throws IOException {
        assertThat(names()).hasSizeGreaterThanOrEqualTo(20);
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_record_becomes_what_it_must(String name) throws IOException {
        List<String> actual = read(FILES.resolve(name));
        Files.createDirectories(Path.of("target/mappings"));
        Files.write(Path.of("target/mappings", name + ".ndjson"), actual);

        assertThat(actual)
                .containsExactlyElementsOf(
                        Files.readAllLines(FILES.resolve(name).resolve("expected.ndjson")));
    }

    private static List<String> read(Path directory) throws IOException {
        Path rules = directory.resolve("mapping.yaml");
        Mapping mapping = Files.exists(rules) ? MappingFile.read(rules) : MappingFile.common();
        MappedParser parser = new MappedParser(mapping);
        Professions categories = new DataSet(ReferenceTable.builtIn(), mapping).professions();
        List<String> lines = new ArrayList<>();
        try (InputSource source = InputSource.open(input(directory), InputFormat.AUTO, mapping)) {
            for (Input found = source.reader().next();
                    found != null;
                    found = source.reader().next()) {
                ObjectNode line = JSON.createObjectNode().put("line", found.line());
                if (found instanceof Input.Item item) {
                    describe(line.put("key", new String(item.key(), UTF_8)), item, parser, categories);
                } else {
                    line.put("skipped", reason(((Input.Skipped) found).why()));
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    /** Without what the parser says about a record that has no id, after its reason. */
    private static String reason(String why) {
        return why.replaceFirst("^(no id: [a-z_0-9]+), .*", "$1");
    }

    private static Path input(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("input."))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void describe(ObjectNode line, Input.Item item, MappedParser parser, Professions categories) {
        ParseResult result = parser.parse(new SourceRecord(new SourcePosition(0, 0, 0), item.key(), item.value()));
        if (result instanceof Rejected rejected) {
            line.put("refused", rejected.reason().code());
        } else if (((Accepted) result).change() instanceof Delete delete) {
            line.put("deleted", delete.id());
        } else {
            Offer offer = ((Upsert) ((Accepted) result).change()).offer();
            describe(line.putObject("offer"), offer);
            if (offer.details().category() != null) {
                line.put("counted", categories.cell(offer, Continent.UNKNOWN).category());
            }
        }
    }

    private static void describe(ObjectNode json, Offer offer) {
        json.put("id", offer.id());
        if (offer.hasProfession()) {
            json.put("profession_id", offer.professionId());
        }
        put(json, "contract_type", offer.contractType());
        json.put("name", offer.name());
        if (offer.hasLocation()) {
            json.put("office_latitude", offer.latitude()).put("office_longitude", offer.longitude());
        }
        put(json, "company", offer.company());
        put(json, "description", offer.description());
        if (offer.hasPublishedAt()) {
            json.put("published_at", instant(offer.publishedAtMillis()));
        }
        Details details = offer.details();
        put(json, "category", details.category());
        put(json, "url", details.url());
        salary(json, details.salary());
        put(json, "city", details.city());
        put(json, "country", details.country());
        if (details.remote() != null) {
            json.put("remote", details.remote());
        }
        if (details.hasValidThrough()) {
            json.put("valid_through", instant(details.validThroughMillis()));
        }
        if (!details.fields().isEmpty()) {
            ObjectNode fields = json.putObject("fields");
            for (FieldValue field : details.fields()) {
                boolean date = field.field().type() == FieldType.DATE;
                Object value = date ? instant((Long) field.value()) : field.value();
                fields.putPOJO(field.field().name(), value);
            }
        }
    }

    private static void salary(ObjectNode json, Salary salary) {
        if (salary == null) {
            return;
        }
        if (salary.hasMin()) {
            json.put("salary_min", salary.min());
        }
        if (salary.hasMax()) {
            json.put("salary_max", salary.max());
        }
        put(json, "salary_currency", salary.currency());
        put(json, "salary_period", salary.period());
    }

    private static void put(ObjectNode json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
