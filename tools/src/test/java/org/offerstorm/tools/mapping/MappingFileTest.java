package org.offerstorm.tools.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.mapping.DeletionRule;
import org.offerstorm.core.mapping.FieldRule;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.mapping.ReadAs;
import org.offerstorm.core.mapping.Rule;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.tools.config.ConfigLoader;

class MappingFileTest {
    @TempDir
    private Path directory;

    @Test
    void values_are_json_unless_the_mapping_says_avro() {
        String offer = "offer: {name: t}\n";

        assertThat(MappingFile.parse(offer, "m").value()).isEqualTo(ValueFormat.JSON);
        assertThat(MappingFile.parse(offer + "value: {format: json}\n", "m").value())
                .isEqualTo(ValueFormat.JSON);
        assertThat(MappingFile.parse(offer + "value: {format: avro, registry: 'https://h/api'}\n", "m")
                        .value())
                .isEqualTo(new ValueFormat.Avro("https://h/api", null, null));
        assertThat(MappingFile.parse(offer + """
                        value:
                          format: avro
                          registry: "${env:REGISTRY}"
                          user: ann
                          password: "${file:/run/secrets/registry}"
                        """, "m").value())
                .isEqualTo(new ValueFormat.Avro("${env:REGISTRY}", "ann", "${file:/run/secrets/registry}"));
    }

    @Test
    void every_key_of_the_grammar_is_read() {
        Mapping mapping = MappingFile.parse("""
                key: from-field
                zone: Europe/Paris
                file: {records: /data/items, encoding: Windows-1252, delimiter: "\\t"}
                offer:
                  id: {from: [company, "ref/no"], join: "-"}
                  name: /titre
                  description: {from: [/intro, /text], join: "\\n\\n", html: true}
                  contract_type: {from: /type, values: {FT: full_time, "*": other}}
                  category: [branch, /department/name]
                  office_latitude: {from: /lat, as: "decimal ,"}
                  office_longitude: {from: /lng, as: "decimal ."}
                  published_at: {from: /date, as: "dd/MM/yyyy HH:mm", zone: America/New_York}
                  valid_through: {from: /end, as: epoch-seconds}
                  company: {constant: ACME}
                  city: {from: [/city, /town], default: Paris}
                  remote: {from: /remote, values: {oui: "true", "non": no}}
                fields:
                  skills: {from: "/skills/*/name", type: keywords, facet: true}
                  note: {from: note, type: text}
                  seen: {from: seen, type: date, as: epoch-millis}
                categories: [Tech, Health]
                deletion: {at: /status, equals: [closed, 0, false]}
                """, "a.yaml");

        assertThat(mapping.keyIsId()).isFalse();
        assertThat(mapping.zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(mapping.file()).isEqualTo(new FileLayout(Pointer.of("/data/items"), "windows-1252", '\t'));
        ReadAs usual = new ReadAs.Usual();
        assertThat(mapping.offer())
                .isEqualTo(Map.ofEntries(
                        Map.entry(
                                StandardField.ID,
                                new Rule(pointers("company", "ref/no"), "-", false, Map.of(), usual, null, null)),
                        Map.entry(StandardField.NAME, Rule.from(Pointer.of("/titre"))),
                        Map.entry(
                                StandardField.DESCRIPTION,
                                new Rule(pointers("/intro", "/text"), "\n\n", true, Map.of(), usual, null, null)),
                        Map.entry(
                                StandardField.CONTRACT_TYPE,
                                new Rule(
                                        pointers("/type"),
                                        null,
                                        false,
                                        Map.of("FT", "full_time", "*", "other"),
                                        usual,
                                        null,
                                        null)),
                        Map.entry(
                                StandardField.CATEGORY,
                                Rule.from(Pointer.of("branch"), Pointer.of("/department/name"))),
                        Map.entry(StandardField.OFFICE_LATITUDE, read("/lat", new ReadAs.Decimal(','))),
                        Map.entry(StandardField.OFFICE_LONGITUDE, read("/lng", new ReadAs.Decimal('.'))),
                        Map.entry(
                                StandardField.PUBLISHED_AT,
                                read("/date", new ReadAs.Date("dd/MM/yyyy HH:mm", ZoneId.of("America/New_York")))),
                        Map.entry(StandardField.VALID_THROUGH, read("/end", new ReadAs.EpochSeconds())),
                        Map.entry(
                                StandardField.COMPANY, new Rule(List.of(), null, false, Map.of(), usual, "ACME", null)),
                        Map.entry(
                                StandardField.CITY,
                                new Rule(pointers("/city", "/town"), null, false, Map.of(), usual, null, "Paris")),
                        Map.entry(
                                StandardField.REMOTE,
                                new Rule(
                                        pointers("/remote"),
                                        null,
                                        false,
                                        Map.of("oui", "true", "non", "no"),
                                        usual,
                                        null,
                                        null))));
        assertThat(mapping.fields())
                .containsExactly(
                        new FieldRule(
                                new DataField("skills", FieldType.KEYWORDS, true),
                                Rule.from(Pointer.of("/skills/*/name"))),
                        new FieldRule(new DataField("note", FieldType.TEXT, false), Rule.from(Pointer.of("note"))),
                        new FieldRule(
                                new DataField("seen", FieldType.DATE, false), read("seen", new ReadAs.EpochMillis())));
        assertThat(mapping.categories()).containsExactly("Tech", "Health");
        assertThat(mapping.deletion())
                .isEqualTo(new DeletionRule(Pointer.of("/status"), Set.of("closed", "0", "false")));
    }

    @Test
    void what_a_mapping_does_not_say_has_its_usual_value() {
        Mapping mapping = MappingFile.parse("offer: {name: title}\n", "a.yaml");

        assertThat(mapping)
                .isEqualTo(new Mapping(
                        true,
                        ZoneOffset.UTC,
                        Map.of(StandardField.NAME, Rule.from(Pointer.of("title"))),
                        List.of(),
                        Set.of(),
                        null,
                        FileLayout.USUAL));
    }

    @Test
    void a_location_is_read_in_each_of_its_forms() {
        Map<String, ReadAs> forms = Map.of(
                "\"lat,lon\"",
                new ReadAs.LatLon(),
                "\"lon,lat\"",
                new ReadAs.LonLat(),
                "geojson",
                new ReadAs.GeoJson());
        forms.forEach((form, as) -> {
            Mapping mapping =
                    MappingFile.parse("offer: {name: t, location: {from: /geo, as: " + form + "}}\n", "a.yaml");

            assertThat(mapping.offer()).containsEntry(StandardField.LOCATION, read("/geo", as));
        });
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_read() throws IOException {
        Path file = directory.resolve("a.yaml");
        Files.writeString(file, "\uFEFFoffer:\r\n  name: title\r\n");

        assertThat(MappingFile.read(file).offer()).containsOnlyKeys(StandardField.NAME);
    }

    @Test
    void the_common_mapping_is_valid_and_its_file_is_the_one_in_conf() throws IOException {
        Path file = Path.of(System.getProperty("offerstorm.root"), "conf", "mappings", "common.yaml");

        Mapping common = MappingFile.of("common");

        assertThat(common).isEqualTo(MappingFile.read(file));
        assertThat(common.offer().keySet())
                .as("all that can have several names; a location would need one form")
                .hasSize(StandardField.values().length - 1)
                .doesNotContain(StandardField.LOCATION);
        assertThat(common.keyIsId()).isTrue();
    }

    @Test
    void none_is_no_mapping() {
        assertThat(MappingFile.of("none")).isNull();
    }

    @Test
    void a_data_set_has_the_mapping_that_the_configuration_names() throws IOException {
        Path file = Files.writeString(directory.resolve("a.yaml"), "offer: {name: title}\n");

        DataSet data = DataSets.of(config(file.toString()));

        assertThat(data.mapping()).isEqualTo(MappingFile.read(file));
        assertThat(DataSets.of(config("common")).mapping()).isEqualTo(MappingFile.common());
        assertThat(DataSets.of(config("none")).mapping()).isNull();
    }

    @Test
    void a_mapping_that_is_not_there_or_wrong_ends_the_command_with_code_2() throws IOException {
        Path missing = directory.resolve("b.yaml");
        Path wrong = Files.writeString(directory.resolve("c.yaml"), "offer: {nam: title}\n");

        assertThatThrownBy(() -> DataSets.of(config(missing.toString())))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.exitCode()).isEqualTo(Failure.USAGE))
                .hasMessage("the mapping " + missing + " has a problem:\n" + missing
                        + ": no such file; 'offerstorm inspect' writes one for a file of offers, and docs/mapping.md"
                        + " explains it");
        assertThatThrownBy(() -> DataSets.of(config(wrong.toString())))
                .hasMessage("the mapping " + wrong + " has 2 problems:\n" + wrong
                        + ":1:1: offer: has no name; every offer needs one, so write where it is\n" + wrong
                        + ":1:9: offer.nam: unknown field of an offer; did you mean 'name'?");
    }

    @Test
    void more_categories_than_a_sink_can_hold_are_refused_and_those_that_look_alike_count_once() throws IOException {
        Path mapping = Files.writeString(
                directory.resolve("a.yaml"),
                "offer: {name: title, category: c}\ncategories:\n" + lines("  - c%d\n", 0, 5_000));
        Path table = directory.resolve("professions.csv");
        Map<String, String> settings =
                Map.of("source.mapping", mapping.toString(), "topology.professions", table.toString());

        Files.writeString(table, "id,name,category_name\n" + lines("%1$d,p,c%1$d\n", 1_000, 8_000));
        assertThat(DataSets.of(ConfigLoader.load(null, settings)).mapping().categories())
                .hasSize(5_000);

        Files.writeString(table, "id,name,category_name\n" + lines("%1$d,p,d%1$d\n", 0, 4_000));
        assertThatThrownBy(() -> DataSets.of(ConfigLoader.load(null, settings)))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.exitCode()).isEqualTo(Failure.USAGE))
                .hasMessageStartingWith("source.mapping: " + mapping
                        + " and the professions have 9,000 categories together," + " Redis can hold ")
                .hasMessageEndingWith("they count as (other), or leave redis out of sinks");
    }

    private static String lines(String format, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> String.format(Locale.ROOT, format, i))
                .collect(Collectors.joining());
    }

    @Test
    void a_file_that_is_not_yaml_text_is_named_with_what_it_is() throws IOException {
        Path latin = Files.write(directory.resolve("l.yaml"), "offer: {name: é}".getBytes(StandardCharsets.ISO_8859_1));
        Path broken = Files.writeString(directory.resolve("b.yaml"), "offer: {name: title\n");

        assertThatThrownBy(() -> MappingFile.read(latin))
                .hasMessageEndingWith("l.yaml:1:15: is not UTF-8 from here on; save it as UTF-8");
        assertThatThrownBy(() -> MappingFile.read(broken)).hasMessageContaining("b.yaml:2:1: not YAML: ");
        assertThatThrownBy(() -> MappingFile.read(directory)).hasMessageEndingWith(": is a directory; name a file");
        assertThatThrownBy(() -> MappingFile.parse("a: &x 1\nb: *x\n", "a.yaml"))
                .hasMessageEndingWith("a.yaml:2:4: aliases (*name) are not followed; write the value out");
        assertThatThrownBy(() -> MappingFile.parse("{a: 1}\n---\n{}\n", "a.yaml"))
                .hasMessageEndingWith("a.yaml:2:1: a second document begins; a mapping is one, remove the '---'");
    }

    private static OfferstormConfig config(String mapping) {
        return ConfigLoader.load(null, Map.of("source.mapping", mapping));
    }

    private static List<Pointer> pointers(String... texts) {
        return List.of(texts).stream().map(Pointer::of).toList();
    }

    private static Rule read(String from, ReadAs as) {
        return new Rule(pointers(from), null, false, Map.of(), as, null, null);
    }
}
