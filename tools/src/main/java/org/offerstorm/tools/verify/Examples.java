package org.offerstorm.tools.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.offerstorm.core.text.Quote;
import org.offerstorm.sinks.hdfs.OfferRow;

/** Describes single records for people: reads them from the topic again, or from the lake's base. One thread. */
final class Examples {
    private final String topic;
    private final TopicReader reader;
    private final Baseline baseline;
    private final Fold fold;

    Examples(String topic, TopicReader reader, Baseline baseline, Fold fold) {
        this.topic = topic;
        this.reader = reader;
        this.baseline = baseline;
        this.fold = fold;
    }

    String where(int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    String partition(int partition) {
        return topic + "-" + partition;
    }

    /** An example at a record. */
    Anomaly.Example at(int partition, long offset, String is, String must) {
        ConsumerRecord<byte[], byte[]> record = record(partition, offset);
        return new Anomaly.Example(where(partition, offset), record == null ? null : id(record), is, must);
    }

    /** The offer's id; the key of a record that is refused. */
    private String id(ConsumerRecord<byte[], byte[]> record) {
        if (fold.judge(record.key(), record.value()) instanceof Verdict.Accepted accepted) {
            return accepted.id();
        }
        return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }

    /** An example at the newest version of an offer. */
    Anomaly.Example at(int slot, String is, String must) {
        int partition = fold.offers().partition(slot);
        return fold.isInBase(slot)
                ? new Anomaly.Example(
                        where(partition, fold.offset(slot)), inBase(slot).id(), is, must)
                : at(partition, fold.offset(slot), is, must);
    }

    private OfferRow inBase(int slot) {
        try {
            return baseline.row(fold.offers().baseRow(slot));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What must be of an offer. */
    String must(int slot) {
        return describe(fold.offers().version(slot), fold.cell(slot));
    }

    /** A version and its cell. */
    String describe(long version, String cell) {
        String epoch = Fold.epochOf(version) == fold.epoch() ? "" : " of epoch " + Fold.epochOf(version);
        return cell + " at offset " + Fold.offsetOf(version) + epoch;
    }

    /** Which fields of a stored offer differ from those of its newest version; the first of them. */
    Anomaly.Example difference(int slot, String id, PlainOffer stored) {
        int partition = fold.offers().partition(slot);
        if (!fold.isInBase(slot)) {
            return difference(partition, fold.offset(slot), id, stored);
        }
        OfferRow row = inBase(slot);
        return difference(
                (is, must) -> new Anomaly.Example(where(partition, fold.offset(slot)), row.id(), is, must),
                row.id(),
                PlainOffer.of(row),
                id,
                stored);
    }

    /** Which fields of a stored offer differ from those of its record; the first of them. */
    Anomaly.Example difference(int partition, long offset, String id, PlainOffer stored) {
        ConsumerRecord<byte[], byte[]> record = record(partition, offset);
        if (record == null || !(fold.judge(record.key(), record.value()) instanceof Verdict.Accepted accepted)) {
            return new Anomaly.Example(where(partition, offset), id, "other fields", "those of the record");
        }
        return difference((is, must) -> at(partition, offset, is, must), accepted.id(), accepted.offer(), id, stored);
    }

    private static Anomaly.Example difference(
            BiFunction<String, String, Anomaly.Example> at,
            String wantedId,
            PlainOffer wanted,
            String id,
            PlainOffer stored) {
        if (!wantedId.equals(id)) {
            return at.apply("id " + Quote.of(id), "id " + Quote.of(wantedId));
        }
        if (wanted == null || stored == null) {
            return at.apply(stored == null ? "deletion" : "offer", wanted == null ? "deletion" : "offer");
        }
        PlainDetails has = stored.details();
        PlainDetails wants = wanted.details();
        Object[][] pairs = {
            {"profession_id", stored.professionId(), wanted.professionId()},
            {"contract_type", stored.contractType(), wanted.contractType()},
            {"name", stored.name(), wanted.name()},
            {"latitude", stored.latitude(), wanted.latitude()},
            {"longitude", stored.longitude(), wanted.longitude()},
            {"company", stored.company(), wanted.company()},
            {"description", stored.description(), wanted.description()},
            {"published_at", stored.publishedAtMillis(), wanted.publishedAtMillis()},
            {"url", has.url(), wants.url()},
            {"salary_min", has.salaryMin(), wants.salaryMin()},
            {"salary_max", has.salaryMax(), wants.salaryMax()},
            {"salary_currency", has.salaryCurrency(), wants.salaryCurrency()},
            {"salary_period", has.salaryPeriod(), wants.salaryPeriod()},
            {"city", has.city(), wants.city()},
            {"country", has.country(), wants.country()},
            {"remote", has.remote(), wants.remote()},
            {"valid_through", has.validThroughMillis(), wants.validThroughMillis()}
        };
        for (Object[] pair : pairs) {
            if (!Objects.equals(pair[1], pair[2])) {
                return at.apply(pair[0] + " " + shown(pair[1]), shown(pair[2]));
            }
        }
        SortedSet<String> further = new TreeSet<>(has.fields().keySet());
        further.addAll(wants.fields().keySet());
        for (String field : further) {
            String is = has.fields().get(field);
            String must = wants.fields().get(field);
            if (!Objects.equals(is, must)) {
                return at.apply("field " + field + " " + shown(is), shown(must));
            }
        }
        return at.apply("other fields", "those of the record");
    }

    private static String shown(Object value) {
        return value instanceof String text ? Quote.of(text) : String.valueOf(value);
    }

    /** Null if the log does not hold it any more. */
    ConsumerRecord<byte[], byte[]> record(int partition, long offset) {
        try {
            return reader.read(partition, offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
