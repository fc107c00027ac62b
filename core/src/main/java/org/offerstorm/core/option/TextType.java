package org.offerstorm.core.option;

import java.util.regex.Pattern;
import org.offerstorm.core.text.PlainText;

/**
 * A text of a given form.
 *
 * @param form what all of it must match
 * @param allowed the form in words
 */
public record TextType(Pattern form, String allowed) implements ValueType<String> {
    public static TextType of(String regex, String allowed) {
        return new TextType(Pattern.compile(regex), allowed);
    }

    /** A Kafka topic: {@code org.apache.kafka.common.internals.Topic} has the rule. */
    public static TextType topic() {
        return of("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}", "1 to 249 letters, digits, '.', '_' and '-'");
    }

    @Override
    public String parse(String text) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + PlainText.excerpt(text) + "' will not do; write " + allowed);
        }
        return text;
    }
}
