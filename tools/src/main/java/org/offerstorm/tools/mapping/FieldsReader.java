package org.offerstorm.tools.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.offerstorm.core.mapping.FieldRule;
import org.offerstorm.core.mapping.Rule;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.mapping.Document.Entry;

/** Reads the further fields. */
final class FieldsReader {
    static final int MAX_FIELDS = 200;
    static final int MAX_NAME = 40;

    private static final String FIELDS = "fields";
    private static final Map<String, FieldType> TYPES = types();
    private static final List<String> KEYS =
            Stream.concat(Stream.of("type", "facet"), RuleReader.KEYS.stream()).toList();
    private static final String HOW = "write {from: …, type: …}";

    private final Document document;
    private final RuleReader rules;

    FieldsReader(Document document, RuleReader rules) {
        this.document = document;
        this.rules = rules;
    }

    /** @param fields null if the mapping has none */
    List<FieldRule> read(Entry fields, Set<String> standard) {
        List<FieldRule> read = new ArrayList<>();
        if (fields == null) {
            return read;
        }
        List<Entry> entries = document.entries(fields.value(), FIELDS, "write name: " + HOW.substring(6) + " below it");
        if (entries.size() > MAX_FIELDS) {
            document.wrong(
                    entries.get(MAX_FIELDS).keyNode(),
                    FIELDS,
                    "has " + entries.size() + " fields; at most " + MAX_FIELDS + " are kept, so remove the others");
        }
        for (Entry entry : entries) {
            checkName(entry, standard);
            FieldRule rule = field(entry);
            if (rule != null) {
                read.add(rule);
            }
        }
        return read;
    }

    private void checkName(Entry entry, Set<String> standard) {
        String name = entry.key();
        if (!isName(name)) {
            document.wrong(
                    entry.keyNode(),
                    entry.path(),
                    "names of fields have lower-case letters, digits and _, begin with a letter, and have at most "
                            + MAX_NAME + " characters; write " + DataFieldNames.of(name));
        } else if (standard.contains(name)) {
            document.wrong(
                    entry.keyNode(),
                    entry.path(),
                    "is a field of every offer; write it below offer, or give this one another name");
        }
    }

    private FieldRule field(Entry entry) {
        Map<String, Entry> keys = document.entries(entry.value(), entry.path(), HOW, KEYS);
        Entry typeEntry = keys.remove("type");
        Entry facetEntry = keys.remove("facet");
        if (keys.isEmpty() && typeEntry == null) {
            return null; // a text or a list, which is a problem already
        }
        FieldType type = type(entry, typeEntry);
        boolean facet = facetEntry != null && document.flag(facetEntry.value(), facetEntry.path());
        if (facet && type != null && !mayBeFacet(type)) {
            document.wrong(
                    facetEntry.keyNode(),
                    facetEntry.path(),
                    "only keyword, keywords and boolean can be facets; this is " + type.code());
        }
        Rule rule = rules.longForm(entry.value(), keys, entry.path(), type == null ? Target.TEXTS : Target.of(type));
        return type == null || rule == null ? null : new FieldRule(new DataField(entry.key(), type, facet), rule);
    }

    private FieldType type(Entry field, Entry type) {
        if (type == null) {
            document.wrong(
                    field.keyNode(), field.path(), "has no type; add type: with " + String.join(", ", TYPES.keySet()));
            return null;
        }
        String text = document.text(type.value(), type.path(), "a type such as keyword");
        if (text != null && !TYPES.containsKey(text)) {
            document.wrong(
                    type.value(),
                    type.path(),
                    "unknown type " + Quote.of(text) + "; " + Document.choose(text, TYPES.keySet()));
        }
        return text == null ? null : TYPES.get(text);
    }

    static boolean mayBeFacet(FieldType type) {
        return type == FieldType.KEYWORD || type == FieldType.KEYWORDS || type == FieldType.BOOLEAN;
    }

    static boolean isName(String name) {
        return name.length() <= MAX_NAME && name.matches("[a-z][a-z0-9_]*");
    }

    private static Map<String, FieldType> types() {
        Map<String, FieldType> types = new LinkedHashMap<>();
        Arrays.stream(FieldType.values()).forEach(type -> types.put(type.code(), type));
        return types;
    }
}
