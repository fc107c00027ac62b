package org.offerstorm.topology.verify;

import java.io.IOException;
import java.util.Set;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.sinks.deadletter.DeadLetterReader;

/** Dead letters: one for each refused record, whole; none for others, but for those that Solr refused. */
final class LetterComparison {
    /** Mark of a record that has a dead letter of Solr's. */
    static final int FROM_SOLR = 4;

    private static final int SEEN = 2;
    private static final Set<String> VALUE_REASONS = Set.of("too_large", "empty_value", "bad_utf8");
    private static final Set<String> JSON_REASONS = Set.of(
            "bad_json",
            "trailing_data",
            "duplicate_field",
            "not_an_object",
            "too_deep",
            "too_many_tokens",
            "name_too_long",
            "number_too_long");

    private final OfferstormConfig config;
    private final Fold fold;
    private final Anomalies anomalies;
    private final Examples examples;
    private final Exemptions exemptions;
    private long outside;
    private long gaps;

    LetterComparison(
            OfferstormConfig config, Fold fold, Anomalies anomalies, Examples examples, Exemptions exemptions) {
        this.config = config;
        this.fold = fold;
        this.anomalies = anomalies;
        this.examples = examples;
        this.exemptions = exemptions;
    }

    /**
     * Compares all of them; to be run before Solr is looked at.
     *
     * @return number of letters of another topic or from before this log, which cannot be judged
     * @throws IOException if the topic of dead letters cannot be read
     */
    long run(Source source, Progress progress) throws IOException {
        progress.begin("dead letters", fold.rejected());
        new DeadLetterReader(config.source().bootstrapServers(), config.deadLetters()).forEach(stored -> {
            progress.step();
            check(source, stored.letter());
        });
        fold.logs().forEach((partition, log) -> {
            for (long offset = log.begin(); offset < log.end(); offset++) {
                char outcome = log.outcome(offset);
                if (RecordLog.isRejected(outcome) && !log.isMarked(offset, SEEN)) {
                    report(Kind.LOST, partition, offset, "nothing", "a dead letter, " + fold.reasonOf(outcome));
                }
            }
        });
        return outside;
    }

    /** Letters that tell of records which the log dropped before they were read. */
    long gaps() {
        return gaps;
    }

    private void check(Source source, DeadLetter letter) {
        int partition = letter.position().partition();
        long offset = letter.position().offset();
        RecordLog log = fold.logs().get(partition);
        if (!letter.source().equals(source)) {
            outside++;
            return;
        }
        if (letter.stage().equals("spout")) {
            gaps++;
            return;
        }
        if (log != null && offset < log.begin()) {
            outside++;
            return;
        }
        char outcome = log == null ? RecordLog.ABSENT : log.outcome(offset);
        boolean accepted = RecordLog.isAccepted(outcome);
        if (accepted && letter.stage().equals("solr")) {
            if (log.mark(offset, FROM_SOLR)) {
                exemptions.add(() -> examples.at(partition, offset, letter.reason() + ": " + letter.detail(), ""));
            }
            return;
        }
        String is = "a dead letter of " + letter.stage() + ", " + letter.reason();
        if (!RecordLog.isRejected(outcome)) {
            report(Kind.PHANTOM, partition, offset, is, accepted ? "none, the record is sound" : "none");
            return;
        }
        log.mark(offset, SEEN);
        String reason = fold.reasonOf(outcome);
        if (!classOf(reason).equals(classOf(letter.reason()))) {
            report(Kind.DIFFERENT, partition, offset, is, "a dead letter, " + reason);
        }
        if (Hash64.of(letter.key(), letter.value()) != log.hash(offset)) {
            report(Kind.DIFFERENT, partition, offset, "other bytes than the record's", "the record's key and value");
        }
    }

    /** Of two things wrong with a record of one class, either may be named. */
    static String classOf(String reason) {
        if (reason.startsWith("key_") && !reason.equals("key_mismatch")) {
            return "key";
        }
        return VALUE_REASONS.contains(reason) ? "value" : JSON_REASONS.contains(reason) ? "json" : "field";
    }

    private void report(Kind kind, int partition, long offset, String is, String must) {
        anomalies.add(Store.DEAD_LETTERS, kind, partition, offset, () -> examples.at(partition, offset, is, must));
    }
}
