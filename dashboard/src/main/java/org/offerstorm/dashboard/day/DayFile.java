package org.offerstorm.dashboard.day;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link Day} over restarts. The file is replaced as a whole, so that a crash leaves the one before; one that
 * cannot be read is left as it is until the next write, and the day begins without it. One thread at a time.
 */
public final class DayFile {
    private static final Logger LOG = LoggerFactory.getLogger(DayFile.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int SCHEMA = 1;
    /** Bytes; a full day is a fifth of it. */
    private static final long LARGEST = 32L << 20;

    private static final Pattern NAME = Pattern.compile("[a-z0-9_.-]{1,100}");

    private final Path path;
    private boolean failed;

    public DayFile(Path path) {
        this.path = path;
    }

    /** What the file has of the last day; nothing if there is none. */
    public Day load() {
        Day day = new Day();
        if (!Files.exists(path)) {
            return day;
        }
        try {
            if (Files.size(path) > LARGEST) {
                throw new IOException("it is larger than any that the dashboard writes");
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(path));
                    JsonParser json = JSON.createParser(in)) {
                read(json, day);
            }
            return day;
        } catch (IOException e) {
            LOG.warn(
                    "{} of dashboard.history-file cannot be read ({}): the history begins now; the file is replaced"
                            + " within five minutes",
                    path,
                    message(e));
            return new Day();
        }
    }

    /** Replaces the file; one line in the log if the disk does not take it, and one when it does again. */
    public void save(Day day) {
        try {
            write(day);
            if (failed) {
                LOG.info("The history is kept in {} again", path);
            }
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn(
                        "The history cannot be kept in {} of dashboard.history-file ({}); it stays in memory",
                        path,
                        message(e));
            }
            failed = true;
        }
    }

    private static String message(IOException e) {
        String text = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
        return (text == null ? e.toString() : text).lines().findFirst().orElse("");
    }

    private void write(Day day) throws IOException {
        Path whole = path.toAbsolutePath();
        Path fresh = Files.createTempFile(whole.getParent(), "." + whole.getFileName(), ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(fresh));
                    JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                json.writeNumberField("schema", SCHEMA);
                json.writeObjectFieldStart("series");
                for (Map.Entry<String, Day.Kept> series : day.kept().entrySet()) {
                    json.writeObjectFieldStart(series.getKey());
                    json.writeNumberField("newest", series.getValue().newest());
                    json.writeArrayFieldStart("values");
                    for (double value : series.getValue().values()) {
                        number(json, value);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }
                json.writeEndObject();
                json.writeEndObject();
            }
            Files.move(fresh, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    private static void read(JsonParser json, Day day) throws IOException {
        expect(json.nextToken() == JsonToken.START_OBJECT);
        expect("schema".equals(json.nextFieldName()) && json.nextIntValue(0) == SCHEMA);
        expect("series".equals(json.nextFieldName()) && json.nextToken() == JsonToken.START_OBJECT);
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            expect(NAME.matcher(name).matches() && json.nextToken() == JsonToken.START_OBJECT);
            expect("newest".equals(json.nextFieldName()));
            long newest = json.nextLongValue(-1);
            expect(newest >= 0 && newest < Integer.MAX_VALUE);
            expect("values".equals(json.nextFieldName()) && json.nextToken() == JsonToken.START_ARRAY);
            int at = 0;
            for (JsonToken value = json.nextToken(); value != JsonToken.END_ARRAY; value = json.nextToken()) {
                expect(at < Day.MINUTES && (value == JsonToken.VALUE_NULL || value.isNumeric()));
                if (value.isNumeric()) {
                    day.put(name, newest - Day.MINUTES + 1 + at, json.getDoubleValue());
                }
                at++;
            }
            expect(json.nextToken() == JsonToken.END_OBJECT);
        }
        expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == JsonToken.END_OBJECT);
    }

    private static void expect(boolean asWritten) throws IOException {
        if (!asWritten) {
            throw new IOException("it is not a history that this version writes");
        }
    }
}
