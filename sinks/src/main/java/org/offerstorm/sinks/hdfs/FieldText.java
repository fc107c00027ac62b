package org.offerstorm.sinks.hdfs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.FieldValue;

/** The value of a further field as its text in the log. The texts are an interface: {@code conf/offer.avsc} says what they are. */
public final class FieldText {
    private static final JsonFactory JSON = new JsonFactory();

    private FieldText() {}

    static String of(FieldValue field) {
        Object value = field.value();
        return switch (field.field().type()) {
            case TEXT, KEYWORD -> (String) value;
            case KEYWORDS -> array((List<?>) value);
            case INTEGER, DECIMAL, BOOLEAN -> value.toString();
            case DATE -> Instant.ofEpochMilli((Long) value).toString();
        };
    }

    /**
     * The value that was written as this text.
     *
     * @return null if the text is none of the field's type, because the mapping declared another one when it was written
     */
    public static FieldValue read(DataField field, String text) {
        try {
            return new FieldValue(
                    field,
                    switch (field.type()) {
                        case TEXT, KEYWORD -> text;
                        case KEYWORDS -> words(text);
                        case INTEGER -> Long.valueOf(text);
                        case DECIMAL -> Double.valueOf(text);
                        case BOOLEAN -> Boolean.valueOf(text);
                        case DATE -> Instant.parse(text).toEpochMilli();
                    });
        } catch (IllegalArgumentException | DateTimeParseException | IOException e) {
            return null;
        }
    }

    private static List<String> words(String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("not an array");
            }
            while (json.nextToken() == JsonToken.VALUE_STRING) {
                words.add(json.getText());
            }
        }
        return List.copyOf(words);
    }

    private static String array(List<?> words) {
        StringBuilder text = new StringBuilder("[");
        for (Object word : words) {
            text.append(text.length() == 1 ? "\"" : ",\"");
            JsonStringEncoder.getInstance().quoteAsString((String) word, text);
            text.append('"');
        }
        return text.append(']').toString();
    }
}
