package org.offerstorm.dashboard.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;

/** Offers of a data set with further fields, and its mapping. */
final class DetailedOffers {
    static final String LONG = "L".repeat(200) + " end";

    private DetailedOffers() {}

    /** Writes the mapping file; the path of it. */
    static String mapping(Path directory) throws IOException {
        Path file = directory.resolve("mapping.yaml");
        Files.writeString(file, """
                offer:
                  id: id
                  name: name
                  category: category
                fields:
                  skills: {from: /skills, type: keywords, facet: true}
                  contract_hours: {from: hours, type: keyword, facet: true}
                  driving_licence: {from: licence, type: boolean, facet: true}
                  note: {from: note, type: text}
                  experience: {from: years, type: integer}
                  rating: {from: rating, type: decimal}
                  starts: {from: starts, type: date}
                  code: {from: code, type: keyword}
                categories: [Métiers verts]
                """);
        return file.toString();
    }

    static List<Offer> all() {
        return List.of(
                offer(
                        "paris",
                        "Jardinier paysagiste",
                        details(
                                "https://jobs.example.org/apply?id=1",
                                "Paris",
                                "FR",
                                true,
                                new Salary(38_000, 45_000, "EUR", "year"),
                                value("skills", FieldType.KEYWORDS, List.of("Python", "C++", "Été-indien")),
                                value("contract_hours", FieldType.KEYWORD, "35 h"),
                                value("driving_licence", FieldType.BOOLEAN, true),
                                value("note", FieldType.TEXT, "Prendre le tramway zanzibarien numéro 7"),
                                value("experience", FieldType.INTEGER, 5L),
                                value("rating", FieldType.DECIMAL, 4.5),
                                value("starts", FieldType.DATE, at("2026-03-01T00:00:00Z")),
                                value("code", FieldType.KEYWORD, "A-1"))),
                offer(
                        "denis",
                        "Jardinier municipal",
                        details(
                                "http://ville.example.org/",
                                "SAINT DENIS",
                                "France",
                                false,
                                new Salary(2_000, Double.NaN, "EUR", "month"),
                                value("skills", FieldType.KEYWORDS, List.of("python", "C#")),
                                value("contract_hours", FieldType.KEYWORD, "39 h"),
                                value("driving_licence", FieldType.BOOLEAN, false),
                                value("experience", FieldType.INTEGER, -1L),
                                value("rating", FieldType.DECIMAL, -0.25),
                                value("starts", FieldType.DATE, at("2026-03-31T23:59:59.999Z")))),
                offer(
                        "denis-2",
                        "Jardinière",
                        details(
                                null,
                                "Saint-Denis",
                                null,
                                null,
                                new Salary(Double.NaN, 60_000, "USD", "year"),
                                value("skills", FieldType.KEYWORDS, List.of("Gardening")),
                                value("contract_hours", FieldType.KEYWORD, LONG))),
                offer("plain", "Jardinier sans détails", Details.NONE));
    }

    static Offer offer(String id, String name, Details details) {
        return new Offer(
                id, 201, "CDI", name, 48.85, 2.35, "Company", "Verzeichnis", at("2026-02-01T00:00:00Z"), details);
    }

    static Details details(
            String url, String city, String country, Boolean remote, Salary salary, FieldValue... fields) {
        return new Details(
                null, url, city, country, remote, salary, at("2150-12-31T00:00:00Z"), new ArrayList<>(List.of(fields)));
    }

    static FieldValue value(String name, FieldType type, Object value) {
        return new FieldValue(new DataField(name, type, false), value);
    }

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
