package org.offerstorm.tools.deadletters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.KafkaDeadLetters;
import org.offerstorm.sinks.deadletter.SettledLetter;
import org.offerstorm.sinks.deadletter.StoredLetter;

/** {@code dlq drop}: puts the mark of a dropped letter in the place of each letter selected. One thread. */
public final class Drop {
    private static final int BATCH = 1_000;

    private final OfferstormConfig config;
    private final InstantSource clock;
    private final DeadLetterReader reader;
    private final Set<LetterPosition> chosen = new HashSet<>();
    private final Map<String, Long> byReason = new TreeMap<>();
    private long all;

    /** Connects to nothing. */
    public Drop(OfferstormConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.reader = new DeadLetterReader(config.source().bootstrapServers(), config.deadLetters());
    }

    /**
     * Looks which letters are meant; those that come later are not.
     *
     * @return how many
     * @throws NoSuchLetter if there is none at a position selected
     * @throws IOException if the topic cannot be read
     */
    public long select(LetterSelection selection) throws IOException, NoSuchLetter {
        Missing missing = new Missing(config.source(), selection.positions());
        reader.forEach(entry -> {
            missing.see(entry);
            if (!(entry instanceof StoredLetter letter)) {
                return;
            }
            all++;
            if (selection.matches(letter)) {
                chosen.add(LetterPosition.of(letter));
                byReason.merge(letter.reason(), 1L, Long::sum);
            }
        });
        missing.check();
        return chosen.size();
    }

    /** What is selected: {@code bad_json 2, bad_type 1}; or that nothing is. */
    public String describe() {
        return chosen.isEmpty() ? ListFormat.none(all) : ListFormat.describe(byReason);
    }

    /**
     * Drops what was selected.
     *
     * @return how many
     * @throws IOException if the topic cannot be read or written; some may be dropped, and a repetition drops the rest
     */
    public long run() throws IOException {
        long[] dropped = new long[1];
        List<SettledLetter> marks = new ArrayList<>();
        try (KafkaDeadLetters topic =
                new KafkaDeadLetters(config.source().bootstrapServers(), config.deadLetters(), clock)) {
            reader.forEach(entry -> {
                if (entry instanceof StoredLetter && chosen.contains(LetterPosition.of(entry))) {
                    marks.add(SettledLetter.dropped(entry, clock.millis()));
                    if (marks.size() == BATCH) {
                        dropped[0] += settle(topic, marks);
                    }
                }
            });
            return dropped[0] + settle(topic, marks);
        } catch (UncheckedIOException e) {
            throw new IOException(
                    e.getCause().getMessage() + " (" + dropped[0] + " of " + chosen.size()
                            + " are dropped; run it again for the rest)",
                    e.getCause());
        }
    }

    /** Empties the list. */
    static int settle(KafkaDeadLetters topic, List<SettledLetter> marks) {
        if (topic.settle(marks) instanceof WriteResult.Retryable failure) {
            throw new UncheckedIOException(new IOException(failure.message(), failure.cause()));
        }
        int settled = marks.size();
        marks.clear();
        return settled;
    }
}
