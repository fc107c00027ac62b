package org.offerstorm.lake.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.offerstorm.core.model.Cell;
import org.offerstorm.lake.batch.LakeSession;
import org.offerstorm.lake.batch.LakeTables;
import org.offerstorm.lake.batch.Staging;
import org.offerstorm.lake.batch.WrongTable;

/**
 * The lake's answers as JSON, each of what is published at that moment. What was answered since the last publication is
 * remembered, but for merged ones. One thread.
 */
public final class CountsAnswers implements CountsServer.Answers {
    private static final int SCHEMA = 1;
    private static final int REMEMBERED = 64;
    private static final JsonFactory JSON = new JsonFactory();

    private final LakeSession session;
    private final Staging staging;
    private final String group;
    private final Map<CountsQuestion, byte[]> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private List<Long> snapshots = List.of();
    private Instant first;

    /** Reads nothing yet. */
    public CountsAnswers(LakeSession session, Staging staging, String group) {
        this.session = session;
        this.staging = staging;
        this.group = group;
    }

    @Override
    public byte[] range() throws IOException, WrongTable, CountsServer.NotThere {
        LakeTables tables = tables();
        LakeView view = new LakeView(session.spark(), tables);
        return json(json -> known(json, tables, view));
    }

    @Override
    public byte[] counts(CountsQuestion question) throws IOException, WrongTable, CountsServer.NotThere {
        LakeTables tables = tables();
        byte[] known = remembered.get(question);
        if (known != null) {
            return known;
        }
        LakeView view = new LakeView(session.spark(), tables);
        CountsAnswer answer = question.merged()
                ? view.merged(staging)
                : question.at() == null ? view.batch() : view.at(question.at());
        byte[] document = json(json -> {
            json.writeStringField("from", question.merged() ? "merged" : "batch");
            json.writeStringField(
                    "at", question.at() == null ? null : question.at().toString());
            json.writeStringField("countedTo", answer.offsets().encode());
            known(json, tables, view);
            json.writeArrayFieldStart("cells");
            for (Map.Entry<Cell, Long> cell : sorted(answer.counts()).values()) {
                json.writeStartObject();
                json.writeStringField("category", cell.getKey().category());
                json.writeStringField("continent", cell.getKey().continent().name());
                json.writeNumberField("count", cell.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        if (!question.merged()) {
            remembered.put(question, document);
            if (remembered.size() > REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
        return document;
    }

    /** What is published now; forgets what was answered before it was. */
    private LakeTables tables() throws WrongTable, CountsServer.NotThere {
        LakeTables tables = LakeTables.open(session, group);
        if (tables == null) {
            throw new CountsServer.NotThere("there is no lake yet; 'offerstorm lake run' makes it");
        }
        List<Long> now = List.of(
                tables.history().iceberg().currentSnapshot().snapshotId(),
                tables.counts().iceberg().currentSnapshot().snapshotId());
        if (!now.equals(snapshots)) {
            remembered.clear();
            first = null;
            snapshots = now;
        }
        return tables;
    }

    private void known(JsonGenerator json, LakeTables tables, LakeView view) throws IOException {
        if (first == null) {
            first = first(session.spark(), view);
        }
        json.writeStringField("offsets", view.offsets().encode());
        json.writeStringField("publishedAt", tables.history().publishedAt().toString());
        json.writeStringField("first", first == null ? null : first.toString());
    }

    /** When the first version began; clocks that were never set are left out. */
    private static Instant first(SparkSession spark, LakeView view) {
        Row row = spark.sql("SELECT unix_millis(min(valid_from)) FROM " + view.history()
                        + " WHERE valid_from >= TIMESTAMP '2000-01-01 00:00:00Z'")
                .head();
        return row.isNullAt(0) ? null : Instant.ofEpochMilli(row.getLong(0));
    }

    private static Map<String, Map.Entry<Cell, Long>> sorted(Map<Cell, Long> counts) {
        Map<String, Map.Entry<Cell, Long>> sorted = new TreeMap<>();
        counts.entrySet().forEach(cell -> sorted.put(cell.getKey().key(), cell));
        return sorted;
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] json(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("schema", SCHEMA);
            content.write(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
