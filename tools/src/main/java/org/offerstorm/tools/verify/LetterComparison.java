package org.offerstorm.tools.verify;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.DeadLetter;
import org.offerstorm.sinks.deadletter.DeadLetterReader;
import org.offerstorm.sinks.deadletter.SettledLetter;
import org.offerstorm.sinks.deadletter.SettledLetter.Settlement;
import org.offerstorm.sinks.deadletter.StoredLetter;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.solr.Solr;

/** Dead letters: one for each refused record, whole; none for others, but for those that Solr or PostgreSQL refused. */
final class LetterComparison {
    /** Mark of a record that has a dead letter of Solr's. */
    static final int FROM_SOLR = 4;

    /** Mark of a record that has a dead letter of PostgreSQL's. */
    static final int FROM_POSTGRES = 16;

    private static final int SEEN = 2;
    private static final Set<String> VALUE_REASONS = Set.of("too_large", "empty_value", "bad_utf8");
    private static final Set<String> JSON_REASONS = Set.of(
            "bad_json",
            "bad_avro",
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
    private final SolrLetters solr;
    private final Map<Settlement, Long> settled = new EnumMap<>(Settlement.class);
    private long outside;
    private long gaps;

    LetterComparison(
            OfferstormConfig config,
            Fold fold,
            Anomalies anomalies,
            Examples examples,
            Exemptions exemptions,
            SolrLetters solr) {
        this.config = config;
        this.fold = fold;
        this.anomalies = anomalies;
        this.examples = examples;
        this.exemptions = exemptions;
        this.solr = solr;
    }

    /**
     * Compares all of them; to be run before these two are looked at.
     *
     * @return number of letters of another topic or from before this log, which cannot be judged
     * @throws IOException if the topic of dead letters cannot be read
     */
    long run(Source source, VerifyProgress progress) throws IOException {
        progress.begin("dead letters", fold.rejected());
        new DeadLetterReader(config.source().bootstrapServers(), config.deadLetters()).forEach(entry -> {
            progress.step();
            if (entry instanceof StoredLetter stored) {
                check(source, stored.letter());
            } else if (entry instanceof SettledLetter settled) {
                accept(source, settled);
            }
        });
        fold.logs().forEach((partition, log) -> {
            for (long offset = log.begin(); offset < log.end(); offset++) {
                char outcome = log.outcome(offset);
                if (RecordLog.isRejected(outcome) && !log.isMarked(offset, SEEN)) {
                    report(
                            Kind.LOST,
                            partition,
                            offset,
                            "nothing",
                            "a dead letter of parse, " + fold.reasonOf(outcome));
                }
            }
        });
        return outside;
    }

    /** Letters that tell of records which the log dropped before they were read. */
    long gaps() {
        return gaps;
    }

    /** Letters that an operator dropped or replayed, of records that belong into the dead letters. */
    long settled(Settlement how) {
        return settled.getOrDefault(how, 0L);
    }

    /** The mark of a settled letter says that its record was not lost; of its bytes it says nothing. */
    private void accept(Source source, SettledLetter letter) {
        long offset = letter.position().offset();
        RecordLog log = fold.logs().get(letter.position().partition());
        if (!letter.source().equals(source) || log == null) {
            return;
        }
        if (offset < log.begin()) {
            fold.markEarlier(letter.position().partition(), offset, markOf(letter.stage()));
            return;
        }
        char outcome = log.outcome(offset);
        if (RecordLog.isRejected(outcome) && letter.stage().equals(TopologyNames.PARSE)) {
            log.mark(offset, SEEN);
        } else if (RecordLog.isAccepted(outcome) && markOf(letter.stage()) != 0) {
            if (log.mark(offset, markOf(letter.stage()))) {
                exemptions.add(() -> examples.at(
                        letter.position().partition(), offset, letter.reason() + ", the letter was settled", ""));
            }
        } else {
            return;
        }
        settled.merge(letter.how(), 1L, Long::sum);
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
            fold.markEarlier(partition, offset, markOf(letter.stage()));
            return;
        }
        char outcome = log == null ? RecordLog.ABSENT : log.outcome(offset);
        boolean accepted = RecordLog.isAccepted(outcome);
        if (accepted && markOf(letter.stage()) == FROM_SOLR && solr.isTaken(partition, offset)) {
            report(
                    Kind.PHANTOM,
                    partition,
                    offset,
                    "a dead letter of solr, " + letter.reason(),
                    "none, Solr takes the record (if it was repaired since: dlq replay)");
            return;
        }
        if (accepted && markOf(letter.stage()) != 0) {
            if (log.mark(offset, markOf(letter.stage()))) {
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
        if (!letter.stage().equals(TopologyNames.PARSE) || !classOf(reason).equals(classOf(letter.reason()))) {
            report(Kind.DIFFERENT, partition, offset, is, "a dead letter of parse, " + reason);
        }
        if (Hash64.of(letter.key(), letter.value()) != log.hash(offset)) {
            report(Kind.DIFFERENT, partition, offset, "other bytes than the record's", "the record's key and value");
        }
    }

    /** Of a record that a store refuses, though it is sound; 0 if the stage is none that refuses. */
    private static int markOf(String stage) {
        if (stage.equals(Solr.KIND.name())) {
            return FROM_SOLR;
        }
        return stage.equals(Postgres.KIND.name()) ? FROM_POSTGRES : 0;
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
