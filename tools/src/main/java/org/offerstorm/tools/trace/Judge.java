package org.offerstorm.tools.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.offerstorm.core.TopologyNames;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.sinks.changes.ChangePosition;
import org.offerstorm.sinks.hdfs.Hdfs;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.tools.setup.Lag;
import org.offerstorm.tools.trace.StoreTrace.State;

/** Compares what the stores hold of an offer with its records, and says why something is missing. One thread. */
final class Judge {
    /** Stores that keep every version. */
    private static final Set<String> WITH_HISTORY = Set.of(Hdfs.KIND.name(), Postgres.KIND.name());

    private final Source source;
    private final List<TracedRecord> records;
    private final List<TracedLetter> letters;
    private final Map<Integer, Lag.Partition> lag;
    /** Versions that are no record of the offer. */
    private final Set<Long> foreign;

    private final Optional<Holding> newest;
    private final Holds holds;

    Judge(
            Source source,
            List<TracedRecord> records,
            List<TracedLetter> letters,
            Map<Integer, Lag.Partition> lag,
            Set<Long> foreign,
            List<Answer> answers,
            Holds holds) {
        this.source = source;
        this.records = records;
        this.letters = letters;
        this.lag = lag;
        this.foreign = foreign;
        this.holds = holds;
        this.newest = newest(answers);
    }

    /** What a worker says of a step that waits. */
    @FunctionalInterface
    interface Holds {
        /** Why the component holds its chunks, with the words of its store; null if it does not, or is not known. */
        String cause(String component);
    }

    /** The newest version that anything knows. */
    Optional<Holding> newest() {
        return newest;
    }

    private Optional<Holding> newest(List<Answer> answers) {
        List<Holding> all = new ArrayList<>();
        for (TracedRecord record : records) {
            if (record.isAccepted()) {
                Long time = record.timestampMillis() < 0 ? null : (Long) record.timestampMillis();
                all.add(new Holding(record.version(), record.partition(), record.value(), time, "", false));
            }
        }
        for (Answer answer : answers) {
            answer.holdings().stream()
                    .filter(holding -> !foreign.contains(holding.version()))
                    .forEach(all::add);
        }
        // The sort is stable: what the record itself says is before what a store says of the same version.
        return all.stream()
                .sorted(Comparator.comparingLong(Holding::version)
                        .reversed()
                        .thenComparing(holding -> holding.partition() == null))
                .findFirst();
    }

    /** Each refused record has a letter, unless the stream has not come to it. */
    StoreTrace letters() {
        List<String> why = new ArrayList<>();
        for (TracedRecord record : records) {
            if (!record.isAccepted() && letter(record.partition(), record.offset(), TopologyNames.PARSE) == null) {
                why.add("no letter of " + place(record) + ", which is refused: " + cause(record, "", "dead letters"));
            }
        }
        return new StoreTrace("dead letters", why.isEmpty() ? State.AGREES : State.MISSING, List.of(), why);
    }

    StoreTrace of(Answer answer) {
        String store = answer.kind().name();
        if (answer.error() != null) {
            return new StoreTrace(store, State.UNREACHABLE, List.of(), List.of(answer.error()));
        }
        if (!answer.isLooked()) {
            return new StoreTrace(
                    store,
                    State.NOT_LOOKED,
                    List.of(),
                    List.of("no record is known whose file could be looked for; --scan reads all files"));
        }
        return answer.kind().after().isPresent() ? follower(answer) : offers(answer);
    }

    /** A store that holds no offers. */
    private StoreTrace follower(Answer answer) {
        String store = answer.kind().name();
        if (newest.isEmpty()) {
            return new StoreTrace(store, State.AGREES, List.of(), List.of());
        }
        Holding wanted = newest.get();
        if (answer.position().isEmpty()) {
            if (answer.isUpToDate()) {
                return new StoreTrace(store, State.AGREES, List.of(), List.of("nothing to publish yet"));
            }
            return new StoreTrace(
                    store, State.MISSING, List.of(), List.of("nothing is published: " + cause(wanted, answer)));
        }
        ChangePosition position = answer.position().get();
        if (!position.source().equals(source)) {
            return position.source().epoch() > wanted.epoch()
                    ? new StoreTrace(store, State.AGREES, List.of(), List.of("it is at a later epoch"))
                    : new StoreTrace(
                            store,
                            State.STALE,
                            List.of(),
                            List.of("it follows epoch " + position.source().epoch() + ", topic id "
                                    + PlainText.excerpt(position.source().topicId())));
        }
        if (wanted.epoch() < source.epoch() || wanted.partition() == null) {
            return new StoreTrace(store, State.AGREES, List.of(), List.of());
        }
        long next = position.floors().getOrDefault(wanted.partition(), 0L);
        String published = String.format(
                Locale.ROOT,
                "published below offset %,d of partition %d, at %s",
                next,
                wanted.partition(),
                Instant.ofEpochMilli(position.redis().time()));
        return answer.follows(wanted.partition(), wanted.offset())
                ? new StoreTrace(store, State.AGREES, List.of(), List.of(published))
                : new StoreTrace(store, State.STALE, List.of(), List.of(published + "; " + cause(wanted, answer)));
    }

    private StoreTrace offers(Answer answer) {
        State state = State.AGREES;
        List<String> why = new ArrayList<>();
        Optional<Holding> held = answer.newest();
        for (Holding holding : answer.holdings()) {
            if (foreign.contains(holding.version())) {
                state = State.PHANTOM;
                why.add("offset " + holding.offset() + " is not a record of this offer");
            }
        }
        if (newest.isPresent() && state == State.AGREES) {
            Holding wanted = newest.get();
            if (held.isEmpty()) {
                state = State.MISSING;
                why.add("lacks " + place(wanted) + ": " + cause(wanted, answer));
            } else if (held.get().version() < wanted.version()) {
                state = State.STALE;
                why.add("lacks " + place(wanted) + ": " + cause(wanted, answer));
            } else if (!held.get().value().equals(wanted.value())) {
                state = State.DIFFERENT;
                why.add("must be " + PlainText.of(wanted.value()));
            }
        }
        if (WITH_HISTORY.contains(answer.kind().name())) {
            state = history(answer, state, why);
        }
        if (!answer.remark().isEmpty()) {
            why.add(answer.remark());
        }
        return new StoreTrace(answer.kind().name(), state, answer.holdings(), why);
    }

    /** Every accepted record must be there, and once. */
    private State history(Answer answer, State state, List<String> why) {
        State worst = state;
        Set<Long> seen = new HashSet<>();
        for (Holding holding : answer.holdings()) {
            if (holding.isHistory() && !seen.add(holding.version())) {
                worst = worst == State.AGREES ? State.DIFFERENT : worst;
                why.add("has offset " + holding.offset() + " twice");
            }
        }
        for (TracedRecord record : records) {
            boolean isNewest = newest.filter(version -> version.version() == record.version())
                    .isPresent();
            boolean isSaid = isNewest && (worst == State.MISSING || worst == State.STALE);
            if (record.isAccepted() && !seen.contains(record.version()) && !isSaid) {
                worst = worst == State.AGREES ? State.MISSING : worst;
                why.add("its history lacks " + place(record) + ": "
                        + cause(record, answer.kind().component(), answer.kind().name()));
            }
        }
        return worst;
    }

    private String cause(Holding wanted, Answer answer) {
        return cause(
                wanted.epoch() < source.epoch() ? null : wanted.partition(),
                wanted.offset(),
                answer.kind().component(),
                answer.kind().name());
    }

    private String cause(TracedRecord record, String component, String store) {
        return cause(record.partition(), record.offset(), component, store);
    }

    private String cause(Integer partition, long offset, String component, String store) {
        TracedLetter refusal = letter(partition, offset, store);
        if (refusal != null) {
            return "refused by " + store + " (" + PlainText.of(refusal.reason())
                    + (refusal.detail().isEmpty() ? "" : ": " + PlainText.of(refusal.detail()))
                    + ")"
                    + (refusal.settled() == null
                            ? ", see 'dlq show " + refusal.position().partition() + "@"
                                    + refusal.position().offset() + "'"
                            : ", and the letter was " + PlainText.of(refusal.settled()));
        }
        Lag.Partition at = partition == null ? null : lag.get(partition);
        if (at == null) {
            return "its record is not in this log any more; 'verify' compares all that the log holds";
        }
        if (offset >= at.floor()) {
            String held = holds.cause(component);
            return String.format(
                    Locale.ROOT,
                    "not yet arrived: partition %d is durable below offset %,d, %,d behind its end%s",
                    partition,
                    at.floor(),
                    at.behind(),
                    held == null ? "; 'status' says whether the topology runs and what holds it" : "; " + held);
        }
        return String.format(
                Locale.ROOT,
                "the stream has committed offset %,d of partition %d, so the store must have had it: see 'verify'",
                at.floor(),
                partition);
    }

    private TracedLetter letter(Integer partition, long offset, String stage) {
        return letters.stream()
                .filter(letter -> partition != null
                        && letter.position().epoch() == source.epoch()
                        && letter.position().topic().equals(source.topic())
                        && letter.position().partition() == partition
                        && letter.position().offset() == offset
                        && letter.stage().equals(stage))
                .findFirst()
                .orElse(null);
    }

    private String place(TracedRecord record) {
        return record.partition() + "@" + record.offset();
    }

    private String place(Holding holding) {
        String epoch = holding.epoch() == source.epoch() ? "" : "epoch " + holding.epoch() + ", ";
        return epoch
                + (holding.partition() == null
                        ? "offset " + holding.offset()
                        : holding.partition() + "@" + holding.offset());
    }
}
