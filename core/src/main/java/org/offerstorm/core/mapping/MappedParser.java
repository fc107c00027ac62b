package org.offerstorm.core.mapping;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.DocumentReader;
import org.offerstorm.core.parse.Instants;
import org.offerstorm.core.parse.Keys;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.parse.UsualOffer;
import org.offerstorm.core.text.Blanks;

/**
 * Parses records as a mapping says: checks the value as strictly as {@link org.offerstorm.core.parse.OfferParser}, keeps
 * what the rules name, and reads it. The first problem counts: the key, the value's bytes, the JSON as a whole, then the
 * standard fields in the order of {@link StandardField}, the further fields in the mapping's, then what is missing or does
 * not go together. Each parsing task has its own; one thread.
 *
 * <p>A record in another format than JSON is parsed by {@link #parse(SourceRecord, Node)} once it is decoded.
 */
public final class MappedParser implements RecordParser {
    /** Of further fields: all years that Java and the stores write with four digits. */
    private static final int LAST_YEAR = 9999;

    private final Mapping mapping;
    private final DocumentReader reader = new DocumentReader();
    private final Picks picks;
    private final Readings readings;
    private final MappedOffer offer;
    /** Null if the mapping has no rule for it. */
    private final FieldSource id;

    private final List<Standard> standard;
    private final List<Further> further = new ArrayList<>();
    /** Below 0 if only a record without value is a deletion. */
    private final int deletionSlot;

    private final Instants moment;
    /** For mappings that only rename fields: reads most records, and leaves the others to the rules. Null for others. */
    private final UsualOffer usual;

    private record Standard(StandardField field, FieldSource rule) {}

    private record Further(DataField field, FieldSource rule) {}

    /**
     * The id of a record, which is the key of its record in the topic.
     *
     * @param id null if it has none that can be a key
     * @param deletion whether the mapping calls the record a deletion
     * @param rejected why there is no id; null if there is one
     */
    public record Keyed(String id, boolean deletion, Rejected rejected) {}

    /**
     * Compiles a mapping.
     *
     * @throws IllegalArgumentException for the first of its {@link #problems}
     */
    public MappedParser(Mapping mapping) {
        this(mapping, true);
    }

    private MappedParser(Mapping mapping, boolean withShortWay) {
        this(mapping, withShortWay, problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    private MappedParser(Mapping mapping, boolean withShortWay, Consumer<String> problems) {
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        picks = new Picks(pointers(mapping));
        readings = new Readings(mapping.zone());
        offer = new MappedOffer(readings, mapping.zone());
        moment = new Instants(1, LAST_YEAR, mapping.zone());
        Map<StandardField, FieldSource> rules = new EnumMap<>(StandardField.class);
        mapping.offer().forEach((field, rule) -> {
            rules.put(field, new FieldSource(field.code(), rule, false, picks));
            prepare(field.code(), rule, problems);
        });
        for (FieldRule field : mapping.fields()) {
            boolean many = field.field().type() == FieldType.KEYWORDS;
            further.add(new Further(field.field(), new FieldSource(field.field().name(), field.rule(), many, picks)));
            prepare(field.field().name(), field.rule(), problems);
        }
        id = rules.remove(StandardField.ID);
        standard = rules.entrySet().stream()
                .map(rule -> new Standard(rule.getKey(), rule.getValue()))
                .toList();
        deletionSlot =
                mapping.deletion() == null ? -1 : picks.slot(mapping.deletion().at());
        usual = withShortWay ? usual(mapping) : null;
        check(problems);
    }

    /** A mapping that takes fields as they are, from the top of the record; null for others. */
    private static UsualOffer usual(Mapping mapping) {
        List<String> names = new ArrayList<>();
        for (String field : UsualOffer.NAMES) {
            Rule rule = mapping.offer().get(StandardField.of(field));
            names.add(
                    rule == null || !rule.isPlain()
                            ? null
                            : nameAtTop(rule.from().get(0)));
        }
        List<String> used = names.stream().filter(Objects::nonNull).toList();
        boolean renamesOnly = mapping.keyIsId()
                && mapping.deletion() == null
                && mapping.fields().isEmpty()
                && used.size() == mapping.offer().size()
                && used.size() == Set.copyOf(used).size();
        return renamesOnly ? new UsualOffer(names) : null;
    }

    private static String nameAtTop(Pointer pointer) {
        return pointer.steps().size() == 1
                        && UsualOffer.canBeNamed(pointer.steps().get(0))
                ? pointer.steps().get(0)
                : null;
    }

    /** Reads each record by the rules, without the short way for mappings that only rename: the judge of the other. */
    MappedParser byRules() {
        return new MappedParser(mapping, false);
    }

    /**
     * What is wrong with a mapping, so that no record could be read by it: a pattern of dates without a day, a location
     * without the order of its coordinates, a constant or default that its field cannot hold, no rule for the name or, where
     * the key is not the id, for the id. Each begins with the field's name.
     */
    public static List<String> problems(Mapping mapping) {
        List<String> problems = new ArrayList<>();
        new MappedParser(mapping, false, problems::add);
        return problems;
    }

    private static Set<Pointer> pointers(Mapping mapping) {
        Set<Pointer> pointers = new LinkedHashSet<>();
        mapping.offer().values().forEach(rule -> pointers.addAll(rule.from()));
        mapping.fields().forEach(field -> pointers.addAll(field.rule().from()));
        if (mapping.deletion() != null) {
            pointers.add(mapping.deletion().at());
        }
        return pointers;
    }

    private void prepare(String field, Rule rule, Consumer<String> problems) {
        try {
            readings.prepare(rule.as());
        } catch (IllegalArgumentException e) {
            problems.accept(field + ": " + e.getMessage());
        }
    }

    private void check(Consumer<String> problems) {
        if (!mapping.keyIsId() && id == null) {
            problems.accept("id: a rule is missing; without one the key must be the id");
        }
        if (!mapping.offer().containsKey(StandardField.NAME)) {
            problems.accept("name: a rule is missing; every offer has a name");
        }
        Rule location = mapping.offer().get(StandardField.LOCATION);
        if (location != null && location.constant() == null && location.as() instanceof ReadAs.Usual) {
            problems.accept("location: how it is read is missing; it is lat,lon or lon,lat or geojson");
        }
        // Nothing is there, so each rule gives its constant or default: they are the same for every record.
        picks.begin();
        offer.begin();
        for (Standard field : standard) {
            try {
                take(field);
            } catch (Refused refused) {
                problems.accept(refused.getMessage());
            }
        }
        for (Further field : further) {
            try {
                read(field);
            } catch (Refused refused) {
                problems.accept(refused.getMessage());
            }
        }
    }

    /** The verdict on a record whose value is JSON. The change holds the record's arrays, not copies. */
    @Override
    public ParseResult parse(SourceRecord record) {
        try {
            String key = keyOf(record, record.value() == null);
            if (record.value() == null) {
                return new Accepted(new Delete(record.position(), key));
            }
            Offer asUsual = usual == null ? null : usual.read(key, record.key(), record.value());
            if (asUsual != null) {
                return new Accepted(new Upsert(record.position(), asUsual, null, record.value()));
            }
            picks.begin();
            reader.read(record.value(), picks);
            return new Accepted(change(record, key));
        } catch (Refused refused) {
            return refused.result();
        } catch (IOException | RuntimeException e) {
            return failed(e);
        }
    }

    /**
     * The verdict on a record that another decoder has read.
     *
     * @param value what the record's value holds; null for a deletion
     */
    public ParseResult parse(SourceRecord record, Node value) {
        try {
            String key = keyOf(record, value == null);
            if (value == null) {
                return new Accepted(new Delete(record.position(), key));
            }
            readTree(value);
            return new Accepted(change(record, key));
        } catch (Refused refused) {
            return refused.result();
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    /** The id of a record that is not in the topic yet. Its other fields are not looked at. */
    public Keyed key(byte[] value) {
        try {
            picks.begin();
            reader.read(value, picks);
            return new Keyed(requiredId(), isDeletion(), null);
        } catch (Refused refused) {
            return new Keyed(null, false, refused.result());
        } catch (IOException | RuntimeException e) {
            return new Keyed(null, false, failed(e));
        }
    }

    /** As {@link #key(byte[])}, of a record that another decoder has read. */
    public Keyed key(Node value) {
        try {
            readTree(value);
            return new Keyed(requiredId(), isDeletion(), null);
        } catch (Refused refused) {
            return new Keyed(null, false, refused.result());
        }
    }

    @Override
    public int unknownFields() {
        return 0; // what the mapping does not name is left out on purpose
    }

    /** A bug. Thrown, it would end the worker, and again at every replay of the record. */
    private static Rejected failed(Exception e) {
        return new Rejected(Reason.PARSER_FAILED, "the parser failed, please report this: " + e);
    }

    private void readTree(Node value) {
        if (!(value instanceof Node.Fields)) {
            throw new Refused(Reason.NOT_AN_OBJECT, "the value is " + Readings.kind(value) + ", not an object");
        }
        picks.read(value);
    }

    /** The id that the key is; null if the value says the id. */
    private String keyOf(SourceRecord record, boolean withoutValue) {
        return mapping.keyIsId() || withoutValue ? Keys.id(record.key()) : null;
    }

    private Change change(SourceRecord record, String key) {
        boolean deleted = isDeletion();
        String known = key == null ? requiredId() : key;
        if (key != null && id != null) {
            String said = id();
            if (said == null && !deleted) {
                throw missing(id.field());
            }
            if (said != null && !said.equals(key)) {
                throw new Refused(Reason.KEY_MISMATCH, "id is not the record's key" + id.origin());
            }
        }
        if (deleted) {
            return new Delete(record.position(), known);
        }
        offer.begin();
        for (Standard field : standard) {
            take(field);
        }
        List<FieldValue> values = further.isEmpty() ? List.of() : furtherValues();
        return new Upsert(record.position(), offer.finish(known, values), null, record.value());
    }

    private boolean isDeletion() {
        return deletionSlot >= 0 && saysDeleted(picks.get(deletionSlot));
    }

    private boolean saysDeleted(Node node) {
        if (node instanceof Node.Items items) {
            return items.values().stream().anyMatch(this::saysDeleted);
        }
        String written = FieldSource.written(node);
        Set<String> deleted = mapping.deletion().equals();
        return written != null && (deleted.contains(written) || deleted.contains(Blanks.strip(written)));
    }

    private String requiredId() {
        if (id == null) {
            throw new Refused(Reason.MISSING_FIELD, "id is missing: the mapping has no rule for it");
        }
        String said = id();
        if (said == null) {
            throw missing(id.field());
        }
        return said;
    }

    /** The id that the value says; null if none. */
    private String id() {
        Node value = id.value();
        if (value == null) {
            return null;
        }
        try {
            return readings.id(id.field(), value);
        } catch (Refused refused) {
            throw located(refused, id);
        }
    }

    private void take(Standard field) {
        Node value = field.rule.value();
        if (value == null) {
            return;
        }
        try {
            offer.take(field.field, value, field.rule.as());
        } catch (Refused refused) {
            throw located(refused, field.rule);
        }
    }

    private List<FieldValue> furtherValues() {
        List<FieldValue> values = new ArrayList<>(further.size());
        for (Further field : further) {
            Object value = read(field);
            if (value != null) {
                values.add(new FieldValue(field.field, value));
            }
        }
        return values.isEmpty() ? List.of() : Collections.unmodifiableList(values);
    }

    private Object read(Further field) {
        Node value = field.rule.value();
        if (value == null) {
            return null;
        }
        String name = field.field.name();
        ReadAs as = field.rule.as();
        try {
            return switch (field.field.type()) {
                case TEXT -> readings.text(name, value, Limits.FURTHER_TEXT_BYTES);
                case KEYWORD -> readings.text(name, value, Limits.KEYWORD_BYTES);
                case KEYWORDS -> readings.keywords(name, value);
                case INTEGER -> readings.integer(name, value, as);
                case DECIMAL -> readings.decimal(name, value, as);
                case BOOLEAN -> readings.bool(name, value);
                case DATE -> readings.instant(name, value, as, moment);
            };
        } catch (Refused refused) {
            throw located(refused, field.rule);
        }
    }

    private static Refused located(Refused refused, FieldSource rule) {
        return new Refused(refused.reason(), refused.getMessage() + rule.origin());
    }

    private static Refused missing(String field) {
        return new Refused(Reason.MISSING_FIELD, field + " is missing, null or blank");
    }
}
