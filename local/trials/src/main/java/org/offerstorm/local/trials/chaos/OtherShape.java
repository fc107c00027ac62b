package org.offerstorm.local.trials.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.offerstorm.tools.generate.Event;

/**
 * Generated offers as another data set might have them: nested, under other names, with numbers and flags as text, the
 * category as text and further fields; {@code mapping.yaml} makes offers of them again. What was bad stays as it is, and is
 * bad for the mapping as well. The same event gives the same record. Used by one thread.
 */
final class OtherShape {
    private static final String MAPPING = "mapping.yaml";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** One of the table of professions, one of the mapping, one that looks like it, one that nobody knows. */
    private static final List<String> SECTORS = List.of("Bâtiment", "Green jobs", " Green  jobs", "Unheard of");

    private static final List<String> TAGS =
            List.of("Java", "C\"#\\", "Fran\u00E7ais", "\uD83D\uDE80", "Lecture d'un plan");
    private static final int BLANK_ODDS = 5;

    private final ObjectMapper json = new ObjectMapper();

    /** Puts the mapping into the directory; its path is for {@code source.mapping}. */
    static Path installMapping(Path directory) throws IOException {
        Path mapping = directory.resolve(MAPPING);
        try (InputStream packaged = OtherShape.class.getResourceAsStream(MAPPING)) {
            if (packaged == null) {
                throw new IllegalStateException(MAPPING + " is not on the class path; the jar was built wrongly");
            }
            Files.write(mapping, packaged.readAllBytes());
        }
        return mapping;
    }

    /** The record's value; null for a deletion. */
    byte[] of(Event event) {
        return switch (event.kind()) {
            case DELETION -> null;
            case BAD -> event.line().getBytes(StandardCharsets.UTF_8);
            case INSERT, CORRECTION, RETURN -> reshaped(event);
        };
    }

    private byte[] reshaped(Event event) {
        try {
            JsonNode plain = json.readTree(event.line());
            Random chance = new Random(event.line().hashCode());
            ObjectNode record = json.createObjectNode();
            record.set("reference", plain.get("id"));
            job(plain, record.putObject("job"), chance);
            place(plain, record.putObject("place"), chance);
            record.set("employer", plain.get("company"));
            dates(plain, record.putObject("dates"), chance);
            pay(record.putObject("pay"), chance);
            record.put("home_office", List.of("yes", "no", "1", "").get(chance.nextInt(4)));
            record.put(
                    "page", "https://jobs.example/" + Math.abs((long) event.id().hashCode()) + "?from=chaos");
            ArrayNode tags = record.putArray("tags");
            for (String tag : TAGS) {
                if (chance.nextBoolean()) {
                    tags.addObject().put("name", tag);
                }
            }
            if (!isLeftOut(chance)) {
                record.put("note", "line one\nline two \u20AC " + chance.nextInt());
            }
            record.putArray("unknown").addObject().put("x", 1);
            return json.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the generator made what is not JSON: " + event.line(), e);
        }
    }

    private static void job(JsonNode plain, ObjectNode job, Random chance) {
        job.set("title", plain.get("name"));
        job.set("intro", plain.get("description"));
        job.put("html", "<p>R&amp;D, <b>" + chance.nextInt(100) + "</b> years</p>");
        if (chance.nextBoolean()) {
            job.put("sector", SECTORS.get(chance.nextInt(SECTORS.size())));
        }
        if (plain.hasNonNull("profession_id")) {
            job.put("code", plain.get("profession_id").asText());
        }
        job.put("kind", chance.nextBoolean() ? "CDI" : "CDD");
        job.put("team", "Team " + chance.nextInt(5));
        job.put("seats", Integer.toString(chance.nextInt(20)));
        job.put("urgent", chance.nextBoolean());
    }

    private static void place(JsonNode plain, ObjectNode place, Random chance) {
        if (plain.hasNonNull("office_latitude")) {
            place.put("lat", plain.get("office_latitude").asText().replace('.', ','));
            place.put("lon", plain.get("office_longitude").asText().replace('.', ','));
        }
        place.put(chance.nextBoolean() ? "town" : "village", "Place " + chance.nextInt(50));
        if (isLeftOut(chance)) {
            place.put("country", "Suisse");
        }
    }

    private static void dates(JsonNode plain, ObjectNode dates, Random chance) {
        if (plain.hasNonNull("published_at")) {
            Instant posted = Instant.parse(plain.get("published_at").asText());
            dates.put("posted", Long.toString(posted.getEpochSecond()));
            dates.put("until", DAY.format(posted.plusSeconds(86_400L * chance.nextInt(90))));
        }
        dates.put("begins", "2026-0" + (1 + chance.nextInt(9)) + "-15T08:30");
    }

    private static void pay(ObjectNode pay, Random chance) {
        int from = 1_000 + chance.nextInt(60_000);
        pay.put("from", String.format(Locale.ROOT, "%d %03d,50", from / 1000, from % 1000));
        if (!isLeftOut(chance)) {
            pay.put("to", (from + 1 + chance.nextInt(10_000)) + ",5");
            pay.put("per", chance.nextBoolean() ? "an" : "mois");
        }
        pay.put("bonus", chance.nextInt(1000) / 8.0);
    }

    private static boolean isLeftOut(Random chance) {
        return chance.nextInt(BLANK_ODDS) == 0;
    }
}
