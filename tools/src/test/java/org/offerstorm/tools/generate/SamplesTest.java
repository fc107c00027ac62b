package org.offerstorm.tools.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.tools.cli.GenerateCommand;
import org.offerstorm.tools.cli.value.Converters;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.InputFormat;
import org.offerstorm.tools.produce.InputSource;
import picocli.CommandLine;

/** test-data/offers.ndjson and expected-counts.csv: {@code generate --count 2000 --seed 1}. */
class SamplesTest {
    private static final Path ROOT = Path.of(System.getProperty("offerstorm.root"));
    private static final Path OFFERS = ROOT.resolve("test-data/offers.ndjson");
    private static final Path EXPECTED = ROOT.resolve("test-data/expected-counts.csv");

    private final ObjectMapper json = new ObjectMapper();
    private final OfferParser parser = new OfferParser();

    @Test
    void generating_them_again_gives_the_same_bytes(@TempDir Path directory) throws IOException {
        Path offers = directory.resolve("offers.ndjson");
        Path expected = directory.resolve("expected.csv");
        int exit = Converters.register(new CommandLine(new GenerateCommand()))
                .execute("--count=2000", "--seed=1", "--out=" + offers, "--expected=" + expected);

        assertThat(exit).isZero();
        assertThat(offers).hasSameBinaryContentAs(OFFERS);
        assertThat(expected).hasSameBinaryContentAs(EXPECTED);
    }

    @Test
    void the_expected_table_is_what_a_fold_over_the_file_gives() throws IOException {
        assertThat(fold()).isEqualTo(expected());
    }

    @Test
    void they_are_the_promised_mixture() throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        Set<Reason> reasons = new TreeSet<>();
        int inserts = 0;
        int corrections = 0;
        int deletions = 0;
        int bad = 0;
        for (Input.Item item : items()) {
            String id = new String(item.key(), StandardCharsets.UTF_8);
            ParseResult result = parse(item);
            if (result instanceof Rejected rejected) {
                bad++;
                reasons.add(rejected.reason());
            } else if (item.isDeletion()) {
                deletions++;
            } else if (seen.merge(id, 1, Integer::sum) == 1) {
                inserts++;
            } else {
                corrections++;
            }
        }
        assertThat(inserts).isBetween(1360, 1500);
        assertThat(corrections).isBetween(360, 480);
        assertThat(deletions).isBetween(80, 120);
        assertThat(bad).isBetween(12, 30);
        assertThat(reasons).hasSizeGreaterThanOrEqualTo(9);

        String text = Files.readString(OFFERS);
        assertThat(text)
                .contains("😀", "\\t", "\\\"", "é", ", ", "réf/", "\"office_latitude\":0,\"office_longitude\":0");
        assertThat(expected().keySet())
                .extracting(cell -> cell.substring(cell.lastIndexOf('|') + 1))
                .contains("AF", "AN", "AS", "EU", "NA", "OC", "SA", "UNKNOWN");
    }

    /** Knows nothing of the generator but the list of cities: the nearest one has the continent. */
    private Map<String, Long> fold() throws IOException {
        Map<Long, String> categories = categories();
        Map<String, String> cellOfId = new HashMap<>();
        for (Input.Item item : items()) {
            String id = new String(item.key(), StandardCharsets.UTF_8);
            if (parse(item) instanceof Rejected) {
                continue;
            }
            if (item.isDeletion()) {
                cellOfId.remove(id);
                continue;
            }
            JsonNode offer = json.readTree(item.value());
            String category = !offer.has("profession_id")
                    ? "(none)"
                    : categories.getOrDefault(offer.get("profession_id").longValue(), "(other)");
            cellOfId.put(id, category + "|" + continent(offer));
        }
        Map<String, Long> counts = new TreeMap<>();
        cellOfId.values().forEach(cell -> counts.merge(cell, 1L, Long::sum));
        return counts;
    }

    private static String continent(JsonNode offer) {
        if (!offer.has("office_latitude")) {
            return "UNKNOWN";
        }
        double latitude = offer.get("office_latitude").doubleValue();
        double longitude = offer.get("office_longitude").doubleValue();
        City nearest = Stream.concat(
                        Stream.concat(Cities.CITIES.stream(), Cities.AT_SEA.stream()), Stream.of(Cities.NULL_ISLAND))
                .filter(place -> Math.abs(place.latitudeMicros() / 1e6 - latitude) < 0.021
                        && Math.abs(place.longitudeMicros() / 1e6 - longitude) < 0.021)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no city at " + latitude + ", " + longitude));
        return nearest.continent().name();
    }

    private static Map<Long, String> categories() throws IOException {
        Map<Long, String> categories = new HashMap<>();
        try (CSVParser csv =
                CSVParser.parse(ROOT.resolve("conf/professions.csv"), StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
            for (CSVRecord row : csv) {
                if (!row.get(0).equals("id")) {
                    categories.put(Long.valueOf(row.get(0)), row.get(2));
                }
            }
        }
        return categories;
    }

    private static Map<String, Long> expected() throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        try (CSVParser csv = CSVParser.parse(EXPECTED, StandardCharsets.UTF_8, CSVFormat.RFC4180)) {
            for (CSVRecord row : csv) {
                if (!row.get(0).equals("category")) {
                    counts.put(row.get(0) + "|" + row.get(1), Long.valueOf(row.get(2)));
                }
            }
        }
        return counts;
    }

    private static List<Input.Item> items() throws IOException {
        try (InputSource source = InputSource.open(OFFERS, InputFormat.AUTO)) {
            List<Input.Item> items = new java.util.ArrayList<>();
            for (Input input = source.reader().next();
                    input != null;
                    input = source.reader().next()) {
                items.add((Input.Item) input);
            }
            return items;
        }
    }

    private ParseResult parse(Input.Item item) {
        return parser.parse(new SourceRecord(new SourcePosition(0, 0, 0), item.key(), item.value()));
    }
}
