package org.offerstorm.dashboard.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Source;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** {@code test-data/search}: offers made to be searched, and what queries must find. */
final class SampleOffers {
    static final Path DIRECTORY = Path.of(System.getProperty("offerstorm.root", ".."), "test-data", "search");
    static final Source SOURCE = new Source("offers", "Zk2TqRr3S2mYxJ0nV8c1aA", 1, 1);

    private static final ObjectMapper JSON = new ObjectMapper();

    private SampleOffers() {}

    /** All of them, as one chunk of the topology. */
    static Chunk<Change> chunk() throws IOException {
        return log().cut();
    }

    /** A later chunk: one of them is deleted. */
    static Chunk<Change> deletionOf(String id) throws IOException {
        ChunkBuilder log = log();
        log.cut();
        return log.delete(id).cut();
    }

    /** A still later chunk: these are deleted. */
    static Chunk<Change> deletionOf(List<Offer> offers) throws IOException {
        ChunkBuilder log = log();
        log.cut();
        offers.forEach(offer -> log.upsert(offer, Cell.of("Tech", Continent.EU)));
        log.cut();
        offers.forEach(offer -> log.delete(offer.id()));
        return log.cut();
    }

    /** A later chunk: an offer whose text would be markup. */
    static Chunk<Change> hostile() throws IOException {
        String text = "<img src=x onerror=alert(1)> xssxss";
        ChunkBuilder log = log();
        log.cut();
        return log.upsert(
                        new Offer("<b>/../\"x", 201, text, text, Double.NaN, Double.NaN, text, text, 0),
                        Cell.of("<i>Odd</i>", Continent.UNKNOWN))
                .cut();
    }

    /** An offer without a place. */
    static Offer offer(String id, String name, String contract, String description) {
        return new Offer(id, 201, contract, name, Double.NaN, Double.NaN, "Company", description, 0);
    }

    /** A later chunk: more offers, all of one cell. */
    static Chunk<Change> later(Cell cell, List<Offer> offers) throws IOException {
        ChunkBuilder log = log();
        log.cut();
        offers.forEach(offer -> log.upsert(offer, cell));
        return log.cut();
    }

    private static ChunkBuilder log() throws IOException {
        ChunkBuilder log = new ChunkBuilder(SOURCE);
        Continents continents = Continents.load();
        long profession = 100;
        for (String line : Files.readAllLines(DIRECTORY.resolve("offers.ndjson"))) {
            JsonNode node = JSON.readTree(line);
            double latitude = node.path("office_latitude").asDouble(Double.NaN);
            double longitude = node.path("office_longitude").asDouble(Double.NaN);
            Offer offer = new Offer(
                    node.get("id").asText(),
                    profession++ % 7 + 201,
                    node.get("contract_type").asText(),
                    node.get("name").asText(),
                    latitude,
                    longitude,
                    node.get("company").asText(),
                    node.get("description").asText(),
                    Instant.parse(node.get("published_at").asText()).toEpochMilli());
            Continent continent = offer.hasLocation() ? continents.classify(latitude, longitude) : Continent.UNKNOWN;
            log.upsert(offer, Cell.of(node.get("category_name").asText(), continent));
        }
        return log;
    }

    /** A row of relevance.csv. Empty parts say nothing. */
    record Expectation(String query, String first, String second, List<String> absent) {}

    static List<Expectation> expectations() throws IOException {
        List<Expectation> rows = new ArrayList<>();
        for (String line : Files.readAllLines(DIRECTORY.resolve("relevance.csv"))) {
            if (line.startsWith("#") || line.startsWith("query,")) {
                continue;
            }
            // Queries hold no comma; quotes are doubled within quotes.
            String[] parts = line.split(",", -1);
            String query = parts[0].startsWith("\"")
                    ? parts[0].substring(1, parts[0].length() - 1).replace("\"\"", "\"")
                    : parts[0];
            rows.add(new Expectation(
                    query, parts[1], parts[2], parts[3].isEmpty() ? List.of() : List.of(parts[3].split(" ", -1))));
        }
        return rows;
    }
}
