package org.offerstorm.tools.mapping;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.mapping.DeletionRule;
import org.offerstorm.core.mapping.FieldRule;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.mapping.Rule;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.Nearest;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.mapping.Document.Entry;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a mapping of its document. Continues after each problem, so that all are found at once. */
final class MappingReader {
    private static final String KEY = "key";
    private static final String ZONE = "zone";
    private static final String FILE = "file";
    private static final String OFFER = "offer";
    private static final String FIELDS = "fields";
    private static final String CATEGORIES = "categories";
    private static final String DELETION = "deletion";
    private static final String VALUE = "value";
    private static final List<String> SECTIONS = List.of(KEY, VALUE, ZONE, FILE, OFFER, FIELDS, CATEGORIES, DELETION);
    private static final Map<String, StandardField> STANDARD = standardFields();
    private static final List<String> CHARSETS =
            List.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-1", "ISO-8859-15");

    private final Document document;
    private final RuleReader rules;
    private final FieldsReader furtherFields;

    MappingReader(Document document) {
        this.document = document;
        this.rules = new RuleReader(document);
        this.furtherFields = new FieldsReader(document, rules);
    }

    /**
     * What it says, as far as it can be read; to be used only if the document has no problem then.
     *
     * @param root null: the file is empty
     */
    Mapping read(Node root) {
        if (root == null || Document.isNothing(root)) {
            document.wrong("is empty; a mapping needs at least offer: with the rules of id and name");
            return null;
        }
        Map<String, Entry> sections =
                document.entries(root, "", "a mapping is keys and values, see docs/mapping.md", SECTIONS);
        if (!(root instanceof MappingNode)) {
            return null;
        }
        boolean keyIsId = keyIsId(sections.get(KEY));
        ValueFormat value = new ValueFormatReader(document).read(sections.get(VALUE));
        ZoneId zone = zone(sections.get(ZONE));
        FileLayout file = file(sections.get(FILE));
        Map<StandardField, Rule> offer = offer(root, sections.get(OFFER), keyIsId);
        List<FieldRule> fields = furtherFields.read(sections.get(FIELDS), STANDARD.keySet());
        Set<String> categories = new CategoriesReader(document).read(sections.get(CATEGORIES));
        if (!categories.isEmpty() && !offer.containsKey(StandardField.CATEGORY)) {
            document.wrong(
                    sections.get(CATEGORIES).keyNode(),
                    CATEGORIES,
                    "no offer would have one of them; write below offer where the category is");
        }
        DeletionRule deletion = deletion(sections.get(DELETION));
        return new Mapping(
                keyIsId, zone == null ? ZoneOffset.UTC : zone, offer, fields, categories, deletion, file, value);
    }

    private boolean keyIsId(Entry key) {
        String text = key == null ? "required" : document.text(key.value(), KEY, "required or from-field");
        if (text != null && !text.equals("required") && !text.equals("from-field")) {
            document.wrong(
                    key.value(),
                    KEY,
                    "is " + Quote.of(text) + "; " + Document.choose(text, List.of("required", "from-field")));
        }
        return !"from-field".equals(text);
    }

    private ZoneId zone(Entry zone) {
        return zone == null ? null : new ReadAsReader(document).zone(zone);
    }

    private FileLayout file(Entry file) {
        if (file == null) {
            return FileLayout.USUAL;
        }
        Map<String, Entry> entries = document.entries(
                file.value(),
                FILE,
                "write records, encoding or delimiter below it",
                List.of("records", "encoding", "delimiter"));
        return new FileLayout(
                records(entries.get("records")),
                encoding(entries.get("encoding")),
                delimiter(entries.get("delimiter")));
    }

    private Pointer records(Entry records) {
        return records == null ? null : rules.pointer(records.value(), records.path());
    }

    private String encoding(Entry encoding) {
        String text =
                encoding == null ? null : document.text(encoding.value(), encoding.path(), "one such as windows-1252");
        if (text == null) {
            return null;
        }
        try {
            if (Charset.isSupported(text)) {
                return Charset.forName(text).name();
            }
        } catch (IllegalCharsetNameException e) {
            // Reported as any unknown name.
        }
        document.wrong(
                encoding.value(),
                encoding.path(),
                "unknown encoding " + Quote.of(text) + "; " + Document.choose(text, CHARSETS));
        return null;
    }

    private char delimiter(Entry delimiter) {
        String text = delimiter == null
                ? null
                : document.text(delimiter.value(), delimiter.path(), "one character, such as \";\" or \"\\t\"");
        if (text == null) {
            return 0;
        }
        char c = text.equals("\\t") ? '\t' : text.length() == 1 ? text.charAt(0) : 0;
        boolean possible = c == '\t' || (c > ' ' && c != '"' && !Character.isLetterOrDigit(c) && c < 0x7F);
        if (!possible) {
            document.wrong(
                    delimiter.value(),
                    delimiter.path(),
                    "is " + Quote.of(text) + "; write one sign, such as \";\", \"|\" or \"\\t\" for a tab");
            return 0;
        }
        return c;
    }

    private Map<StandardField, Rule> offer(Node root, Entry offer, boolean keyIsId) {
        Map<StandardField, Rule> read = new EnumMap<>(StandardField.class);
        if (offer == null) {
            document.wrong(root, OFFER, "is missing; write offer: and below it the rules of id, name and others");
            return read;
        }
        Map<StandardField, Entry> entries = new EnumMap<>(StandardField.class);
        for (Entry entry :
                document.entries(offer.value(), OFFER, "write the fields of an offer below it, as name: rule")) {
            StandardField field = STANDARD.get(entry.key());
            if (field == null) {
                unknown(entry);
                continue;
            }
            entries.put(field, entry);
            Rule rule = rules.read(entry.value(), entry.path(), Target.of(field));
            if (rule != null) {
                read.put(field, rule);
            }
        }
        checkTogether(offer, entries, keyIsId);
        return read;
    }

    private void unknown(Entry entry) {
        if (entry.key().equals("deleted")) {
            document.wrong(
                    entry.keyNode(), entry.path(), "unknown field; deletion: at the top says what a deletion is");
            return;
        }
        document.wrong(
                entry.keyNode(),
                entry.path(),
                "unknown field of an offer; "
                        + Nearest.of(entry.key(), STANDARD.keySet())
                                .map(name -> "did you mean '" + name + "'?")
                                .orElse("a further field belongs below fields, with its type"));
    }

    private void checkTogether(Entry offer, Map<StandardField, Entry> entries, boolean keyIsId) {
        if (!entries.containsKey(StandardField.NAME)) {
            document.wrong(offer.keyNode(), OFFER, "has no name; every offer needs one, so write where it is");
        }
        if (!keyIsId && !entries.containsKey(StandardField.ID)) {
            document.wrong(
                    offer.keyNode(),
                    OFFER,
                    "has no id, which key: from-field needs; write which field is different in each");
        }
        Entry latitude = entries.get(StandardField.OFFICE_LATITUDE);
        Entry longitude = entries.get(StandardField.OFFICE_LONGITUDE);
        if ((latitude == null) != (longitude == null)) {
            Entry one = latitude == null ? longitude : latitude;
            document.wrong(
                    one.keyNode(),
                    one.path(),
                    "is there without " + (latitude == null ? "office_latitude" : "office_longitude")
                            + "; write both or none");
        }
        Entry location = entries.get(StandardField.LOCATION);
        if (location != null && (latitude != null || longitude != null)) {
            document.wrong(
                    location.keyNode(),
                    location.path(),
                    "is there next to office_latitude and office_longitude; keep one or the other");
        }
    }

    private DeletionRule deletion(Entry deletion) {
        if (deletion == null) {
            return null;
        }
        String how = "write {at: /status, equals: [closed]}";
        Map<String, Entry> entries = document.entries(deletion.value(), DELETION, how, List.of("at", "equals"));
        Entry at = entries.get("at");
        Entry equal = entries.get("equals");
        if (at == null || equal == null) {
            document.wrong(deletion.keyNode(), DELETION, "has no " + (at == null ? "at" : "equals") + "; " + how);
        }
        Pointer pointer = at == null ? null : rules.pointer(at.value(), at.path());
        if (pointer != null && RuleReader.hasEach(pointer)) {
            document.wrong(at.value(), at.path(), "has a *, which means several values; name one");
        }
        Set<String> texts = new LinkedHashSet<>();
        List<Node> nodes = equal == null ? List.of() : document.oneOrMore(equal.value());
        if (equal != null && nodes.isEmpty()) {
            document.wrong(equal.value(), equal.path(), "the list is empty; name at least one value");
        }
        for (Node node : nodes) {
            String text = document.text(node, equal.path(), "the value of a deleted offer");
            if (text != null && Blanks.isBlank(text)) {
                document.wrong(node, equal.path(), "is blank, and an absent value deletes nothing; write a value");
            } else if (text != null && !texts.add(text)) {
                document.wrong(node, equal.path(), Quote.of(text) + " is listed twice; remove one");
            }
        }
        return pointer == null ? null : new DeletionRule(pointer, texts);
    }

    private static Map<String, StandardField> standardFields() {
        Map<String, StandardField> fields = new LinkedHashMap<>();
        for (StandardField field : StandardField.values()) {
            fields.put(field.code(), field);
        }
        return fields;
    }
}
