package org.offerstorm.sinks.hdfs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.List;
import org.offerstorm.core.model.FieldValue;

/** The value of a further field as its text in the log. The texts are an interface: {@code conf/offer.avsc} says what they are. */
final class FieldText {
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
