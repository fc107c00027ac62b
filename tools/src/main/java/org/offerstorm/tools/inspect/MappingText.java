package org.offerstorm.tools.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.NormalForm;
import org.offerstorm.core.text.Quote;

/** Writes a proposal as a mapping file with comments. */
final class MappingText {
    private static final int MAX_CATEGORIES = 200;
    private static final int LONGEST_CATEGORY = 100;

    private final StringBuilder text = new StringBuilder();
    private final Proposal proposal;

    private MappingText(Proposal proposal) {
        this.proposal = proposal;
    }

    /**
     * The text.
     *
     * @param source what it is for, on one line
     * @param layout of the file; {@link FileLayout#USUAL} for a topic
     * @param keyIsId whether a record's key is the id
     */
    static String of(
            String source, long records, FileLayout layout, boolean keyIsId, Proposal proposal, FurtherFields further) {
        MappingText text = new MappingText(proposal);
        text.line(String.format(
                Locale.ROOT, "# How the records of %s become offers; docs/mapping.md explains it.", source));
        text.line(String.format(
                Locale.ROOT,
                "# Proposed by 'offerstorm inspect' from %,d %s. Look it through before you use it.",
                records,
                records == 1 ? "record" : "records"));
        proposal.notes().forEach(note -> text.line("#  - " + note));
        text.line("");
        text.line(keyIsId ? "key: required" : "key: from-field  # records of the topic have no key, or another");
        if (proposal.hasDatesWithoutZone()) {
            text.line("zone: UTC  # of dates that name none; write yours, such as Europe/Paris");
        }
        text.file(layout);
        text.offer();
        text.fields(further);
        text.categories();
        return text.text.toString();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void file(FileLayout layout) {
        if (layout.records() == null && layout.encoding() == null && layout.delimiter() == 0) {
            return;
        }
        line("");
        line("file:");
        if (layout.records() != null) {
            line("  records: " + Yaml.scalar(layout.records().toString()));
        }
        if (layout.encoding() != null) {
            line("  encoding: " + layout.encoding());
        }
        if (layout.delimiter() != 0) {
            line("  delimiter: " + Yaml.scalar(String.valueOf(layout.delimiter())));
        }
    }

    private void offer() {
        line("");
        line("offer:");
        proposal.offer()
                .forEach((field, choice) -> line("  " + field.code() + ": " + choice.yaml() + "  # " + choice.why()));
    }

    private void fields(FurtherFields further) {
        if (!further.fields().isEmpty()) {
            line("");
            line("fields:");
            further.fields().forEach(field -> line("  " + field.name() + ": " + field.yaml()));
        }
        if (!further.omitted().isEmpty()) {
            line("");
            line("# Left out; it stays in the topic's records:");
            further.omitted().forEach(why -> line("#  - " + why));
        }
    }

    private void categories() {
        FieldProfile category = proposal.category();
        if (category == null || !proposal.offer().containsKey(StandardField.CATEGORY)) {
            return;
        }
        List<String> names = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(Cell.NO_PROFESSION, Cell.OTHER));
        List<String> unfit = new ArrayList<>();
        List<Map.Entry<String, Integer>> values = category.values().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
                .toList();
        int left = 0;
        for (Map.Entry<String, Integer> value : values) {
            String name = Blanks.strip(value.getKey());
            boolean fit = name.indexOf('|') < 0
                    && name.length() <= LONGEST_CATEGORY
                    && name.chars().noneMatch(Character::isISOControl);
            if (!fit) {
                unfit.add(Quote.of(name));
            } else if (names.size() == MAX_CATEGORIES) {
                left++;
            } else if (seen.add(NormalForm.of(name))) {
                names.add(name);
                counts.add(value.getValue());
            }
        }
        if (names.isEmpty()) {
            return;
        }
        line("");
        line("# What is counted, the commonest first, with its records in the sample; others count as (other)"
                + (left == 0 ? "." : ": " + left + " more values are."));
        unfit.forEach(
                name -> line("#  - " + name + " cannot be a category (it holds | or a control character, or is too"
                        + " long); give it another name with values"));
        line("categories:");
        for (int i = 0; i < names.size(); i++) {
            line(String.format(Locale.ROOT, "  - %s  # %,d", Yaml.scalar(names.get(i)), counts.get(i)));
        }
    }
}
