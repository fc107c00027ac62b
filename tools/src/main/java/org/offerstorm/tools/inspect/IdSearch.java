package org.offerstorm.tools.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.text.Blanks;

/** Finds what tells records apart, where no field called like an id does. */
final class IdSearch {
    private static final int MAX_PARTS = 4;
    private static final int MAX_FIELDS = 40;
    private static final int LONGEST_ID = 512;

    private IdSearch() {}

    /**
     * One field, or several joined, with as many different values as can be.
     *
     * @param notes takes what a person must know
     * @return null if no field is fit
     */
    static ProposedRule find(
            List<byte[]> sample, DataProfile profile, Map<StandardField, ProposedRule> offer, List<String> notes) {
        List<FieldProfile> fields = fit(profile, offer);
        if (fields.isEmpty()) {
            notes.add("id: no field tells the records apart; an offer needs an id that stays the same in every export");
            return null;
        }
        ProposedRule single = single(profile, offer, fields.get(0));
        if (single != null) {
            return single;
        }
        List<String[]> rows = rows(sample, fields);
        List<Integer> parts = new ArrayList<>();
        long best = 0;
        int longest = 0;
        if (Names.rank(StandardField.ID, fields.get(0).name()) == Names.NONE) {
            // Begins with the offer's name: what is different by chance would be a poor id.
            for (int i = 0; i < fields.size(); i++) {
                if (isName(offer, fields.get(i))) {
                    parts.add(i);
                    best = distinct(rows, parts);
                    longest = fields.get(i).longest();
                }
            }
        }
        while (parts.size() < MAX_PARTS && best < rows.size()) {
            int next = -1;
            for (int i = 0; i < fields.size(); i++) {
                if (!parts.contains(i) && longest + fields.get(i).longest() < LONGEST_ID) {
                    List<Integer> more = new ArrayList<>(parts);
                    more.add(i);
                    long count = distinct(rows, more);
                    if (count > best) {
                        best = count;
                        next = i;
                    }
                }
            }
            if (next < 0) {
                break;
            }
            parts.add(next);
            longest += fields.get(next).longest() + 1;
        }
        long again = rows.size() - best;
        List<Pointer> from = parts.stream().map(i -> fields.get(i).pointer()).toList();
        String names = from.stream().map(Pointer::toString).map(Yaml::scalar).collect(Collectors.joining(", "));
        if (again > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "id: no field is different in each record; with %s joined, %,d of %,d records have the id of another,"
                            + " and each replaces the one before",
                    names,
                    again,
                    rows.size()));
        } else {
            notes.add("id: no single field is different in each record, but " + names
                    + " together are; a change of one of them makes another offer");
        }
        String why = again == 0
                ? "together different in each record"
                : String.format(Locale.ROOT, "%,d of %,d records share it with another", again, rows.size());
        return new ProposedRule(from, null, false, Map.of(), why);
    }

    /** A place or a company is different in each record only because there are few records. */
    private static ProposedRule single(
            DataProfile profile, Map<StandardField, ProposedRule> offer, FieldProfile field) {
        List<Pointer> place = List.of(field.pointer());
        boolean other = offer.entrySet().stream()
                .anyMatch(entry -> entry.getKey() != StandardField.URL
                        && entry.getValue().from().equals(place));
        return other || !field.isUnique(profile.records())
                ? null
                : ProposedRule.plain(field.pointer(), "different in each record");
    }

    private static boolean isName(Map<StandardField, ProposedRule> offer, FieldProfile field) {
        ProposedRule name = offer.get(StandardField.NAME);
        return name != null && name.from().equals(List.of(field.pointer()));
    }

    /** Short fields that are one text or number; those called like an id first, then the unique ones. */
    private static List<FieldProfile> fit(DataProfile profile, Map<StandardField, ProposedRule> offer) {
        Set<Pointer> dates = new HashSet<>();
        Stream.of(StandardField.PUBLISHED_AT, StandardField.VALID_THROUGH, StandardField.DESCRIPTION)
                .map(offer::get)
                .filter(choice -> choice != null)
                .forEach(choice -> dates.addAll(choice.from()));
        return profile.fields().stream()
                .filter(field -> (field.isText() || field.isNumber())
                        && !field.isEach()
                        && !field.isHtml()
                        && field.present() > 0
                        && field.averageLength() <= 120
                        && field.longest() <= LONGEST_ID
                        && !dates.contains(field.pointer()))
                .sorted(Comparator.comparing((FieldProfile field) -> single(profile, offer, field) == null)
                        .thenComparing(field -> field.isSequence())
                        .thenComparing(field -> Names.rank(StandardField.ID, field.name())))
                .limit(MAX_FIELDS)
                .toList();
    }

    private static List<String[]> rows(List<byte[]> sample, List<FieldProfile> fields) {
        List<String[]> rows = new ArrayList<>();
        for (byte[] json : sample) {
            JsonNode record = DataProfile.parse(json);
            if (record == null) {
                continue;
            }
            String[] row = new String[fields.size()];
            for (int i = 0; i < row.length; i++) {
                JsonNode node = record;
                for (String step : fields.get(i).pointer().steps()) {
                    node = node.path(step);
                }
                row[i] = node.isValueNode() && !Blanks.isBlank(node.asText("")) ? node.asText("") : "";
            }
            rows.add(row);
        }
        return rows;
    }

    private static long distinct(List<String[]> rows, List<Integer> parts) {
        Set<String> distinct = new HashSet<>();
        for (String[] row : rows) {
            String id = parts.stream()
                    .map(i -> row[i])
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining("-"));
            if (!id.isEmpty()) {
                distinct.add(id);
            }
        }
        return distinct.size();
    }
}
