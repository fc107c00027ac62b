package org.offerstorm.tools.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.mapping.MappingFile;
import org.offerstorm.tools.report.Columns;

/** What was found in a sample, and the mapping that is proposed for it. Immutable; one thread makes it. */
public final class Inspection {
    private static final int LONGEST_VALUE = 40;

    private final DataProfile profile;
    private final Proposal proposal;
    private final FurtherFields further;
    private final String mappingText;
    private final Mapping mapping;

    private Inspection(DataSample sample, String source, FileLayout layout, boolean keyIsId) {
        profile = DataProfile.of(sample.records());
        proposal = Proposal.of(sample.records(), profile);
        if (sample.keys() != null && keyIsId) {
            proposal.keysAreIds();
        }
        further = FurtherFields.of(profile, proposal);
        mappingText = MappingText.of(source, profile.records(), layout, keyIsId, proposal, further);
        mapping = proposal.offer().containsKey(StandardField.NAME)
                ? MappingFile.parse(mappingText, "the proposal")
                : null;
    }

    /**
     * Looks at a sample of a file.
     *
     * @param source what it is, for a comment
     */
    public static Inspection ofFile(DataSample sample, String source, FileLayout layout) {
        return new Inspection(sample, source, layout, true);
    }

    /** Looks at a sample of a topic. The keys are the ids if each record has one. */
    public static Inspection ofTopic(DataSample sample, String source) {
        return new Inspection(sample, source, FileLayout.USUAL, !sample.keys().contains(null));
    }

    /** The text of the mapping file. */
    public String mappingText() {
        return mappingText;
    }

    /** The proposed mapping; null if the records have no text that could be a name. */
    public Mapping mapping() {
        return mapping;
    }

    /** Records that are JSON objects. */
    public long records() {
        return profile.records();
    }

    /** What a person must know or decide. */
    public List<String> notes() {
        return List.copyOf(proposal.notes());
    }

    /** What each field holds and what it becomes, as a table for a terminal. */
    public String fields() {
        Columns table = new Columns("field", "holds", "blank", "distinct", "commonest value", "becomes").left();
        for (FieldProfile field : profile.fields()) {
            long blank = profile.records() == 0 ? 0 : 100 * (profile.records() - field.present()) / profile.records();
            table.row(
                    Quote.of(field.pointer().toString()),
                    field.kind(),
                    blank + " %",
                    String.format(Locale.ROOT, "%,d%s", field.distinct(), field.hasMoreValues() ? "+" : ""),
                    commonest(field),
                    becomes(field));
        }
        return table.toString();
    }

    private static String commonest(FieldProfile field) {
        return field.values().entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(value -> shown(value.getKey()))
                .orElse("");
    }

    private static String shown(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST_VALUE
                ? Quote.of(value)
                : Quote.of(value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE))) + "…";
    }

    private String becomes(FieldProfile field) {
        String also = proposal.isPartOfId(field) ? ", part of id" : "";
        StandardField standard = proposal.standard(field);
        if (standard != null) {
            return standard.code() + " (" + proposal.offer().get(standard).why() + ")" + also;
        }
        return further.fields().stream()
                        .filter(one -> one.from() == field)
                        .map(one -> "field " + one.name() + ": " + one.type().code() + (one.facet() ? ", facet" : ""))
                        .findFirst()
                        .orElse("-")
                + also;
    }
}
