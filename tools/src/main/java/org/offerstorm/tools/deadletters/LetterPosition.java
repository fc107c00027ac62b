package org.offerstorm.tools.deadletters;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.sinks.deadletter.LetterEntry;

/**
 * Where the record of a dead letter was: its name for people. Written {@code 1@42} if it is of the configured topic and
 * epoch, else in full, {@code 2/offers/1/42}.
 */
public record LetterPosition(int epoch, String topic, int partition, long offset) {
    private static final Pattern SHORT = Pattern.compile("(?:(.+)-)?(\\d{1,9})@(\\d{1,18})");
    private static final Pattern FULL = Pattern.compile("(\\d{1,9})/(.+)/(\\d{1,9})/(\\d{1,18})");

    /** The position of a letter's record. */
    public static LetterPosition of(LetterEntry letter) {
        return new LetterPosition(
                letter.source().epoch(),
                letter.source().topic(),
                letter.position().partition(),
                letter.position().offset());
    }

    /** Reads {@code 2/offers/1/42}, the key of a letter; empty if it is anything else. */
    public static Optional<LetterPosition> parse(String text) {
        Matcher full = FULL.matcher(text);
        return full.matches()
                ? Optional.of(new LetterPosition(
                        Integer.parseInt(full.group(1)),
                        full.group(2),
                        Integer.parseInt(full.group(3)),
                        Long.parseLong(full.group(4))))
                : Optional.empty();
    }

    /**
     * Reads {@code 1@42}, {@code offers-1@42} as {@code verify} writes it, or {@code 2/offers/1/42}.
     *
     * @throws IllegalArgumentException with what is allowed, if it is none of them
     */
    public static LetterPosition parse(String text, SourceConfig source) {
        Optional<LetterPosition> full = parse(text);
        if (full.isPresent()) {
            return full.get();
        }
        Matcher brief = SHORT.matcher(text);
        if (brief.matches()) {
            return new LetterPosition(
                    source.epoch(),
                    brief.group(1) == null ? source.topic() : brief.group(1),
                    Integer.parseInt(brief.group(2)),
                    Long.parseLong(brief.group(3)));
        }
        throw new IllegalArgumentException(
                "'" + PlainText.of(text)
                        + "' is not a position; write PARTITION@OFFSET as 'dlq ls' does, such as 1@42, or EPOCH/TOPIC/PARTITION/OFFSET");
    }

    /** Fit for a terminal. */
    public String shown(SourceConfig source) {
        return epoch == source.epoch() && topic.equals(source.topic())
                ? partition + "@" + offset
                : epoch + "/" + PlainText.of(topic) + "/" + partition + "/" + offset;
    }
}
