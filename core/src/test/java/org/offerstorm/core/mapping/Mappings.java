package org.offerstorm.core.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;

/** Makes mappings and records for tests. The records' key is {@code a1}, and so is their name unless a rule says more. */
final class Mappings {
    private final Map<StandardField, Rule> offer = new EnumMap<>(StandardField.class);
    private final List<FieldRule> fields = new ArrayList<>();
    private boolean keyIsId = true;
    private ZoneId zone = ZoneOffset.UTC;
    private DeletionRule deletion;

    private Mappings() {}

    static Mappings named() {
        return new Mappings().with(StandardField.NAME, constant("n"));
    }

    static Mappings empty() {
        return new Mappings();
    }

    Mappings with(StandardField field, Rule rule) {
        offer.put(field, rule);
        return this;
    }

    Mappings with(StandardField field, String pointer) {
        return with(field, at(pointer));
    }

    Mappings with(String name, FieldType type, Rule rule) {
        fields.add(new FieldRule(new DataField(name, type, false), rule));
        return this;
    }

    Mappings keyFromField() {
        keyIsId = false;
        return this;
    }

    Mappings zone(String id) {
        zone = ZoneId.of(id);
        return this;
    }

    Mappings deletedIf(String pointer, String... equals) {
        deletion = new DeletionRule(Pointer.of(pointer), Set.of(equals));
        return this;
    }

    Mapping mapping() {
        return new Mapping(keyIsId, zone, offer, fields, new LinkedHashSet<>(), deletion, FileLayout.USUAL);
    }

    MappedParser parser() {
        return new MappedParser(mapping());
    }

    static Rule at(String... pointers) {
        return Rule.from(Arrays.stream(pointers).map(Pointer::of).toArray(Pointer[]::new));
    }

    static Rule constant(String text) {
        return new Rule(List.of(), null, false, Map.of(), new ReadAs.Usual(), text, null);
    }

    static Rule as(String pointer, ReadAs as) {
        return new Rule(List.of(Pointer.of(pointer)), null, false, Map.of(), as, null, null);
    }

    static Rule otherwise(String pointer, String text) {
        return new Rule(List.of(Pointer.of(pointer)), null, false, Map.of(), new ReadAs.Usual(), null, text);
    }

    static Rule table(String pointer, Map<String, String> values) {
        return new Rule(List.of(Pointer.of(pointer)), null, false, values, new ReadAs.Usual(), null, null);
    }

    static Rule join(String with, boolean html, String... pointers) {
        List<Pointer> from = Arrays.stream(pointers).map(Pointer::of).toList();
        return new Rule(from, with, html, Map.of(), new ReadAs.Usual(), null, null);
    }

    static SourceRecord record(String key, String json) {
        return new SourceRecord(
                new SourcePosition(0, 1, -1),
                key == null ? null : key.getBytes(UTF_8),
                json == null ? null : json.getBytes(UTF_8));
    }

    /** Single quotes stand for double ones. */
    static ParseResult parse(MappedParser parser, String json) {
        return parser.parse(record("a1", json.replace('\'', '"')));
    }

    static Offer offer(MappedParser parser, String json) {
        ParseResult result = parse(parser, json);
        if (result instanceof Accepted accepted && accepted.change() instanceof Upsert upsert) {
            return upsert.offer();
        }
        throw new AssertionError(json + " gives " + result);
    }

    /** The reason's code and the detail. */
    static String refusal(MappedParser parser, String json) {
        return parse(parser, json) instanceof Rejected rejected
                ? rejected.reason().code() + ": " + rejected.detail()
                : "accepted";
    }
}
