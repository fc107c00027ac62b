package org.offerstorm.tools.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.mapping.DataFieldNames;

/** Proposes a further field for everything useful that is no field of every offer. */
final class FurtherFields {
    private static final int MAX_FIELDS = 200;
    private static final int MAX_FACET = 200;
    private static final int MAX_TAGS = 1_000;
    private static final int LONG_TEXT = 100;
    private static final int SOME_RECORDS = 20;
    private static final int KEYWORD_BYTES = 256;
    private static final int TEXT_BYTES = 64 << 10;
    private static final double LARGEST_WHOLE = 1L << 53;
    private static final Set<String> STANDARD =
            Arrays.stream(StandardField.values()).map(StandardField::code).collect(Collectors.toUnmodifiableSet());
    private static final Pattern DATE_NAME = Pattern.compile(
            ".*(date|time|datum|fecha|created|updated|modified|published|posted|expires|deadline|begin|start|_at$|_on$).*");

    /** A day in digits, with a year of four. */
    private static final Pattern DAY =
            Pattern.compile("\\d{4}[-/]\\d{2}[-/]\\d{2}.*|\\d{1,2}([./-])\\d{1,2}\\1\\d{4}(\\D.*)?");

    private final Set<String> names = new HashSet<>(STANDARD);
    private final List<Field> fields = new ArrayList<>();
    private final List<String> omitted = new ArrayList<>();

    /** A proposed field. */
    record Field(String name, FieldProfile from, FieldType type, boolean facet, ProposedRule choice) {
        String yaml() {
            String typed = "type: " + type.code();
            return facet ? choice.yaml(typed, "facet: true") : choice.yaml(typed);
        }
    }

    private FurtherFields() {}

    static FurtherFields of(DataProfile profile, Proposal proposal) {
        FurtherFields further = new FurtherFields();
        for (FieldProfile field : profile.fields()) {
            if (!proposal.isTaken(field)) {
                further.add(field);
            }
        }
        profile.left()
                .forEach(place -> further.omitted.add(
                        Quote.of(place.toString()) + ": more than " + DataProfile.MAX_PLACES + " places"));
        return further;
    }

    List<Field> fields() {
        return fields;
    }

    /** What is left out, and why; one line each. */
    List<String> omitted() {
        return omitted;
    }

    private void add(FieldProfile field) {
        String shown = Quote.of(field.pointer().toString());
        if (field.present() == 0) {
            omitted.add(shown + ": blank in every record");
        } else if (field.distinct() == 1
                && field.pointer()
                        .steps()
                        .get(field.pointer().steps().size() - 1)
                        .startsWith("@")) {
            omitted.add(shown + ": always "
                    + Quote.of(field.values().keySet().iterator().next()));
        } else if (field.hasOthers()) {
            omitted.add(shown + ": arrays in arrays");
        } else if (field.longest() > TEXT_BYTES) {
            omitted.add(shown + ": a value has " + field.longest() + " bytes, more than a text may have");
        } else if (fields.size() >= MAX_FIELDS) {
            omitted.add(shown + ": there are " + MAX_FIELDS + " fields already");
        } else {
            propose(field);
        }
    }

    private void propose(FieldProfile field) {
        Collection<String> values = field.values().keySet();
        NumberForms.Form number = field.isBoolean() ? null : field.numbers();
        DateForms.Form date = isDate(field) ? field.dates() : null;
        if (field.isEach()) {
            each(field);
        } else if (field.isBoolean() || (field.isText() && number == null && KnownWords.areBooleans(values))) {
            add(field, FieldType.BOOLEAN, true, null, false);
        } else if (date != null) {
            add(field, FieldType.DATE, false, date.as(), false);
        } else if (number != null && isWhole(field, number)) {
            add(field, FieldType.INTEGER, false, null, false);
        } else if (number != null && allNumbers(values, number)) {
            add(field, FieldType.DECIMAL, false, number.as(), false);
        } else if (field.longest() > KEYWORD_BYTES || field.averageLength() > LONG_TEXT || field.isHtml()) {
            add(field, FieldType.TEXT, false, null, field.isHtml());
        } else {
            add(field, FieldType.KEYWORD, isFacet(field), null, false);
        }
    }

    private void each(FieldProfile field) {
        if (field.longest() > KEYWORD_BYTES || field.averageLength() > LONG_TEXT) {
            add(field, FieldType.TEXT, false, null, field.isHtml());
        } else {
            add(field, FieldType.KEYWORDS, isChoice(field), null, false);
        }
    }

    /** The same value everywhere is no choice, unless there are too few records to say so. */
    private static boolean isChoice(FieldProfile field) {
        boolean varies = field.distinct() >= 2 || field.present() < SOME_RECORDS;
        return !field.hasMoreValues() && varies && field.distinct() <= MAX_TAGS;
    }

    private static boolean isDate(FieldProfile field) {
        return (field.isText()
                        && DAY.matcher(field.values().keySet().iterator().next())
                                .matches())
                || DATE_NAME.matcher(field.name()).matches();
    }

    private static boolean isWhole(FieldProfile field, NumberForms.Form number) {
        return number.whole() && number.largest() <= LARGEST_WHOLE && (field.isNumber() || !field.hasMoreValues());
    }

    /** A word among the numbers makes them keywords, because each such record would be refused. */
    private static boolean allNumbers(Collection<String> values, NumberForms.Form number) {
        return values.stream().allMatch(value -> NumberForms.fits(number.as(), value))
                && values.stream().noneMatch(value -> value.strip().matches("0\\d+"));
    }

    private static boolean isFacet(FieldProfile field) {
        return !field.hasMoreValues()
                && field.distinct() >= 2
                && field.distinct() <= MAX_FACET
                && field.distinct() * 2L <= field.present();
    }

    private void add(FieldProfile from, FieldType type, boolean facet, String as, boolean html) {
        String base = DataFieldNames.of(from.name());
        String name = base;
        for (int i = 2; !names.add(name); i++) {
            String number = "_" + i;
            name = base.substring(0, Math.min(base.length(), 40 - number.length())) + number;
        }
        fields.add(
                new Field(name, from, type, facet, new ProposedRule(List.of(from.pointer()), as, html, Map.of(), "")));
    }
}
