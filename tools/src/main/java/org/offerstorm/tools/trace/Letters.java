package org.offerstorm.tools.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.LetterEntry;
import org.offerstorm.sinks.deadletter.SettledLetter;
import org.offerstorm.sinks.deadletter.StoredLetter;
import org.offerstorm.tools.deadletters.LetterPosition;

/**
 * The dead letters of one offer. A settled letter holds nothing of its record, so that it is known by its position only: those are
 * kept until the records are known. Immutable after it is read.
 */
final class Letters {
    /** Settled letters that are kept, the newest. */
    private static final int MOST_SETTLED = 100_000;

    private final Source source;
    private final List<TracedLetter> ofOffer = new ArrayList<>();
    private final Map<LetterPosition, List<TracedLetter>> settled = new LinkedHashMap<>();

    private Letters(Source source) {
        this.source = source;
    }

    /**
     * Reads the whole topic of dead letters, as {@code dlq ls} does.
     *
     * @throws IOException if it cannot be read
     */
    static Letters read(OfferstormConfig config, Source source, TopicSearch topic) throws IOException {
        Letters letters = new Letters(source);
        new DeadLetterReader(config.source().bootstrapServers(), config.deadLetters())
                .forEach(entry -> letters.see(entry, topic));
        return letters;
    }

    private void see(LetterEntry entry, TopicSearch topic) {
        if (entry instanceof StoredLetter stored && topic.isOf(stored.letter())) {
            ofOffer.add(of(stored));
        } else if (entry instanceof SettledLetter mark) {
            TracedLetter letter = of(mark);
            settled.computeIfAbsent(letter.position(), position -> new ArrayList<>())
                    .add(letter);
            if (settled.size() > MOST_SETTLED) {
                settled.remove(settled.keySet().iterator().next());
            }
        }
    }

    static TracedLetter of(StoredLetter stored) {
        DeadLetter letter = stored.letter();
        return new TracedLetter(
                LetterPosition.of(stored),
                stored.refusedAtMillis(),
                letter.stage(),
                letter.reason(),
                letter.detail(),
                null);
    }

    static TracedLetter of(SettledLetter mark) {
        return new TracedLetter(
                LetterPosition.of(mark),
                mark.atMillis(),
                mark.stage(),
                mark.reason(),
                "",
                mark.how() == SettledLetter.Settlement.DROPPED ? "dropped" : "replayed to " + mark.replayedTo());
    }

    /** Letters that hold a record of the offer. */
    List<TracedLetter> ofOffer() {
        return ofOffer;
    }

    /** All letters of the offer, with those that are settled and whose record is one of these; the newest first. */
    List<TracedLetter> all(List<TracedRecord> records) {
        List<TracedLetter> all = new ArrayList<>(ofOffer);
        for (TracedRecord record : records) {
            all.addAll(settled.getOrDefault(position(record.partition(), record.offset()), List.of()));
        }
        all.sort(Comparator.comparingLong(TracedLetter::atMillis).reversed());
        return all;
    }

    private LetterPosition position(int partition, long offset) {
        return new LetterPosition(source.epoch(), source.topic(), partition, offset);
    }
}
