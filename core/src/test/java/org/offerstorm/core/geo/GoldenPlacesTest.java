package org.offerstorm.core.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The places that people dispute or get wrong, each with its reason: test-data/places.csv. */
class GoldenPlacesTest {
    @Test
    void every_disputed_place_has_the_continent_that_the_convention_gives_it() throws IOException {
        Continents continents = Continents.load();
        List<String> wrong = new ArrayList<>();
        List<CSVRecord> places = places();
        for (CSVRecord place : places) {
            double latitude = Double.parseDouble(place.get("latitude"));
            double longitude = Double.parseDouble(place.get("longitude"));
            Explanation answer = continents.explain(latitude, longitude);
            if (!answer.continent().name().equals(place.get("continent"))) {
                wrong.add(String.join(",", place.values()) + " but was " + answer);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(places).hasSizeGreaterThan(400).allSatisfy(place -> assertThat(place.get("reason"))
                .isNotBlank());
    }

    private static List<CSVRecord> places() throws IOException {
        Path root = Path.of(System.getProperty("offerstorm.root", ".."));
        try (InputStream in = Files.newInputStream(root.resolve("test-data/places.csv"))) {
            return Tables.read(in);
        }
    }
}
