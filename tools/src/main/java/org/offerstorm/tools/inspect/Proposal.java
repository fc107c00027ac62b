package org.offerstorm.tools.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.text.Quote;

/** Which field of the data is which field of an offer, by names and by values. */
final class Proposal {
    private static final int MANY_CATEGORIES = 500;
    private static final int FEW = 20;
    private static final int MAX_CONTRACTS = 50;
    /** Between a whole name and the end of one. */
    private static final int OF_ARRAYS = 500;

    private static final double ENOUGH = 0.95;
    private static final Pattern PAIR = Pattern.compile(
            "[\\[(\\s]*([+-]?\\d{1,3}(?:\\.\\d+)?)\\s*[,;\\s]\\s*([+-]?\\d{1,3}(?:\\.\\d+)?)[\\])\\s]*");

    private final List<byte[]> sample;
    private final DataProfile profile;
    private final Map<StandardField, ProposedRule> offer = new EnumMap<>(StandardField.class);
    private final Set<Pointer> taken = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private FieldProfile category;
    private boolean datesWithoutZone;

    /** A field that may be a field of an offer. */
    private record Candidate(StandardField field, FieldProfile from, int rank, ProposedRule choice) {}

    private Proposal(List<byte[]> sample, DataProfile profile) {
        this.sample = sample;
        this.profile = profile;
    }

    static Proposal of(List<byte[]> sample, DataProfile profile) {
        Proposal proposal = new Proposal(sample, profile);
        proposal.assign();
        proposal.chooseName();
        proposal.choosePosition();
        proposal.missCategory();
        proposal.chooseId();
        return proposal;
    }

    /** The standard fields that were found. */
    Map<StandardField, ProposedRule> offer() {
        return offer;
    }

    boolean isTaken(FieldProfile field) {
        return taken.contains(field.pointer());
    }

    /** Takes the id away, because the records' keys are the ids. */
    void keysAreIds() {
        drop(StandardField.ID);
    }

    /** What a person must know or decide; one line each. */
    List<String> notes() {
        return notes;
    }

    /** The field whose values are the categories; null if there is none. */
    FieldProfile category() {
        return category;
    }

    /** Whether a date has no zone, so that the mapping's counts. */
    boolean hasDatesWithoutZone() {
        return datesWithoutZone;
    }

    /** What field of an offer the place became; null if none. */
    StandardField standard(FieldProfile field) {
        for (Map.Entry<StandardField, ProposedRule> entry : offer.entrySet()) {
            if (entry.getValue().from().equals(List.of(field.pointer()))) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** Whether the place is one of several that make the id. */
    boolean isPartOfId(FieldProfile field) {
        ProposedRule id = offer.get(StandardField.ID);
        return id != null && id.from().size() > 1 && id.from().contains(field.pointer());
    }

    /** The best pair of names first; each field of an offer, and each of the data, once. */
    private void assign() {
        List<Candidate> candidates = new ArrayList<>();
        for (StandardField field : StandardField.values()) {
            for (FieldProfile from : profile.fields()) {
                int rank = rank(field, from);
                ProposedRule choice = rank == Names.NONE || from.hasOthers() ? null : choice(field, from);
                if (choice != null) {
                    candidates.add(new Candidate(field, from, rank, choice));
                }
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::rank)); // stable: then by field, then by order in the data
        Set<Pointer> used = new HashSet<>();
        for (Candidate candidate : candidates) {
            Pointer pointer = candidate.from().pointer();
            if (!offer.containsKey(candidate.field()) && used.add(pointer)) {
                take(candidate.field(), candidate.choice(), candidate.from());
            }
        }
    }

    /** Of an array, some fields may have the first value; it is a further field too. */
    private static int rank(StandardField field, FieldProfile from) {
        int rank = from.present() == 0 || from.isKeyword() || isAboutApplicants(field, from)
                ? Names.NONE
                : Names.rank(field, from.name());
        if (!from.isEach() || rank == Names.NONE) {
            return rank;
        }
        return switch (field) {
            case CATEGORY, CONTRACT_TYPE, CITY, COUNTRY, OFFICE_LATITUDE, OFFICE_LONGITUDE -> OF_ARRAYS + rank;
            default -> Names.NONE;
        };
    }

    /** {@code applicantLocationRequirements} says where applicants may live, not where the work is. */
    private static boolean isAboutApplicants(StandardField field, FieldProfile from) {
        boolean place = field == StandardField.CITY || field == StandardField.COUNTRY;
        return place && ("_" + from.name()).contains("_applicant");
    }

    private void take(StandardField field, ProposedRule choice, FieldProfile from) {
        offer.put(field, choice);
        boolean degrees = field == StandardField.OFFICE_LATITUDE || field == StandardField.OFFICE_LONGITUDE;
        if (!from.isEach() || degrees) { // coordinates are no words to choose from
            taken.addAll(choice.from());
        }
        if (field == StandardField.CATEGORY) {
            category = from;
        }
        if (field == StandardField.PUBLISHED_AT || field == StandardField.VALID_THROUGH) {
            DateForms.Form form = from.dates();
            datesWithoutZone |= form != null && !form.zoned();
            if (form != null && form.other() != null) {
                notes.add(field.code() + ": every value fits " + form.as() + " and " + form.other()
                        + "; look at a date that you know, and correct it if it is the other");
            }
        }
    }

    /** The rule, if the values are such; null if they are not. */
    private ProposedRule choice(StandardField field, FieldProfile from) {
        Collection<String> values = from.values().keySet();
        String named = "by its name";
        return switch (field) {
            case ID ->
                from.isUnique(profile.records()) && !from.isHtml() && from.longest() <= 512 && isIdKind(from)
                        ? ProposedRule.plain(from.pointer(), "different in each record")
                        : null;
            case PROFESSION_ID -> {
                NumberForms.Form form = from.numbers();
                yield form != null && form.whole() ? ProposedRule.plain(from.pointer(), named) : null;
            }
            case CATEGORY -> category(from);
            case CONTRACT_TYPE ->
                from.isText() && from.longest() <= 256 && from.distinct() <= MAX_CONTRACTS
                        ? ProposedRule.plain(from.pointer(), values(from))
                        : null;
            case NAME ->
                from.isText() && from.averageLength() <= 200 && from.longest() <= 1024 && !from.isHtml() && !isUrl(from)
                        ? ProposedRule.plain(from.pointer(), named)
                        : null;
            case COMPANY -> isShortText(from, 1024) && !isUrl(from) ? ProposedRule.plain(from.pointer(), named) : null;
            case CITY, COUNTRY ->
                isShortText(from, 256) && !isUrl(from) && from.numbers() == null && !isPair(from)
                        ? ProposedRule.plain(from.pointer(), named)
                        : null;
            case DESCRIPTION ->
                from.isText() && from.longest() <= 64 << 10 && !isUrl(from)
                        ? new ProposedRule(
                                List.of(from.pointer()),
                                null,
                                from.isHtml(),
                                Map.of(),
                                from.isHtml() ? "by its name; its values are HTML" : named)
                        : null;
            case OFFICE_LATITUDE -> degrees(from, 90);
            case OFFICE_LONGITUDE -> degrees(from, 180);
            case LOCATION -> location(from);
            case PUBLISHED_AT, VALID_THROUGH -> date(from);
            case URL -> isUrl(from) ? ProposedRule.plain(from.pointer(), "addresses") : null;
            case SALARY_MIN, SALARY_MAX -> {
                NumberForms.Form form = from.numbers();
                yield form != null && form.least() >= 0
                        ? new ProposedRule(List.of(from.pointer()), form.as(), false, Map.of(), named)
                        : null;
            }
            case SALARY_CURRENCY ->
                values.stream().allMatch(value -> value.strip().matches("[A-Za-z]{3}"))
                        ? ProposedRule.plain(from.pointer(), "currencies of three letters")
                        : table(from, from.distinct() <= FEW ? KnownWords.currencies(values) : null);
            case SALARY_PERIOD -> table(from, from.distinct() <= FEW ? KnownWords.periods(values) : null);
            case REMOTE -> table(from, from.distinct() <= FEW ? KnownWords.remote(values) : null);
        };
    }

    private static ProposedRule table(FieldProfile from, Map<String, String> meanings) {
        return meanings == null || from.hasMoreValues()
                ? null
                : new ProposedRule(
                        List.of(from.pointer()),
                        null,
                        false,
                        meanings,
                        meanings.isEmpty() ? "by its name" : "by its name; the values are words that are known");
    }

    /** A number of an id is whole, or it would be written in several ways. */
    private static boolean isIdKind(FieldProfile from) {
        NumberForms.Form form = from.isNumber() ? from.numbers() : null;
        return from.isText() || (form != null && form.whole());
    }

    private static boolean isShortText(FieldProfile from, int longest) {
        return from.isText() && from.averageLength() <= 100 && from.longest() <= longest && !from.isHtml();
    }

    /** A few values that are longer than a category may be count as others. */
    private static ProposedRule category(FieldProfile from) {
        if (!from.isText()
                || from.longest() > FieldProfile.KEPT
                || from.averageLength() > 80
                || !isFew(from, MANY_CATEGORIES)) {
            return null;
        }
        Map<String, String> others = new LinkedHashMap<>();
        for (String value : from.values().keySet()) {
            if (value.getBytes(StandardCharsets.UTF_8).length > Limits.CATEGORY_BYTES) {
                others.put(value.strip(), "other");
            }
        }
        return others.size() > FEW
                ? null
                : new ProposedRule(List.of(from.pointer()), null, false, others, values(from));
    }

    private static String values(FieldProfile from) {
        return (from.isEach() ? "the first of an array; " : "")
                + from.distinct()
                + (from.distinct() == 1 ? " value" : " values");
    }

    /** Whether its values come again and again. */
    private static boolean isFew(FieldProfile from, int most) {
        return !from.hasMoreValues()
                && from.distinct() <= most
                && (from.distinct() <= FEW || from.distinct() * 2L <= from.present());
    }

    private static boolean isUrl(FieldProfile from) {
        return from.share(value -> value.matches("(?is)https?://[^/\\s]+.*")) >= ENOUGH;
    }

    private static ProposedRule degrees(FieldProfile from, int most) {
        NumberForms.Form form = from.numbers();
        if (form == null || form.largest() > most) {
            return null;
        }
        String why = (from.isEach() ? "the first of an array; " : "") + "degrees, none beyond " + most;
        return new ProposedRule(List.of(from.pointer()), form.as(), false, Map.of(), why);
    }

    private static boolean isPair(FieldProfile from) {
        return from.share(value -> PAIR.matcher(value).matches()) >= ENOUGH;
    }

    private static ProposedRule location(FieldProfile from) {
        Collection<String> values = from.values().keySet();
        if (!isPair(from)) {
            return null;
        }
        double first = 0;
        double second = 0;
        for (String value : values) {
            Matcher pair = PAIR.matcher(value);
            if (pair.matches()) {
                first = Math.max(first, Math.abs(Double.parseDouble(pair.group(1))));
                second = Math.max(second, Math.abs(Double.parseDouble(pair.group(2))));
            }
        }
        if (first > 180 || second > 180 || (first > 90 && second > 90)) {
            return null;
        }
        boolean longitudeFirst = first > 90 || from.name().endsWith("coordinates");
        return new ProposedRule(
                List.of(from.pointer()),
                longitudeFirst ? "lon,lat" : "lat,lon",
                false,
                Map.of(),
                first > 90
                        ? "the first number is beyond 90, so it is the longitude"
                        : second > 90
                                ? "the second number is beyond 90, so it is the longitude"
                                : "two numbers; which is first is a guess, look at the preview");
    }

    private static ProposedRule date(FieldProfile from) {
        DateForms.Form form = from.dates();
        return form == null ? null : new ProposedRule(List.of(from.pointer()), form.as(), false, Map.of(), why(form));
    }

    static String why(DateForms.Form form) {
        return form.as() == null
                ? "dates by ISO 8601"
                : form.other() == null ? "dates" : "dates; could be " + form.other() + " as well";
    }

    /** A name there must be: if no field is called so, the text that looks most like one. */
    private void chooseName() {
        if (offer.containsKey(StandardField.NAME)) {
            return;
        }
        FieldProfile best = null;
        for (FieldProfile field : profile.fields()) {
            boolean possible =
                    field.isText() && !field.isEach() && !isTaken(field) && !isUrl(field) && field.longest() <= 1024;
            if (possible && (best == null || field.distinct() > best.distinct())) {
                best = field;
            }
        }
        if (best == null && offer.containsKey(StandardField.DESCRIPTION)) {
            drop(StandardField.DESCRIPTION); // the only text is the name
            chooseName();
        } else if (best != null) {
            take(
                    StandardField.NAME,
                    ProposedRule.plain(best.pointer(), "a guess: the text with the most values"),
                    best);
            notes.add("name: no field is called like a title; "
                    + Quote.of(best.pointer().toString())
                    + " is a guess, because it is the text with the most different values");
        }
    }

    /** Half a position is none, and one is enough. */
    private void choosePosition() {
        boolean both =
                offer.containsKey(StandardField.OFFICE_LATITUDE) && offer.containsKey(StandardField.OFFICE_LONGITUDE);
        if (both) {
            drop(StandardField.LOCATION);
            return;
        }
        drop(StandardField.OFFICE_LATITUDE);
        drop(StandardField.OFFICE_LONGITUDE);
        if (!offer.containsKey(StandardField.LOCATION) && !profile.points().isEmpty()) {
            Pointer most = profile.points().entrySet().stream()
                    .max(Map.Entry.<Pointer, Integer>comparingByValue())
                    .get()
                    .getKey();
            offer.put(
                    StandardField.LOCATION,
                    new ProposedRule(List.of(most), "geojson", false, Map.of(), "points of GeoJSON"));
        }
        if (!offer.containsKey(StandardField.LOCATION)) {
            notes.add("no coordinates were found: all offers count for the continent UNKNOWN");
        }
    }

    private void missCategory() {
        if (!offer.containsKey(StandardField.CATEGORY) && !offer.containsKey(StandardField.PROFESSION_ID)) {
            notes.add("no category was found: all offers count in the column (none)");
        }
    }

    private void drop(StandardField field) {
        ProposedRule choice = offer.remove(field);
        if (choice != null) {
            choice.from().forEach(taken::remove);
        }
    }

    private void chooseId() {
        ProposedRule id = offer.get(StandardField.ID);
        if (id == null) {
            id = IdSearch.find(sample, profile, offer, notes);
            if (id != null) {
                offer.put(StandardField.ID, id);
                if (id.from().size() == 1) {
                    taken.addAll(id.from()); // fields that are joined stay fields, too
                }
            }
        }
        if (id == null) {
            return;
        }
        Pointer first = id.from().get(0);
        for (FieldProfile field : profile.fields()) {
            if (id.from().size() == 1 && field.pointer().equals(first) && field.isSequence()) {
                notes.add(String.format(
                        Locale.ROOT,
                        "id: %s only counts the records; if the next export counts again, offers get other ids. Join"
                                + " fields that stay, for instance {from: [company, name, city], join: \"-\"}",
                        Quote.of(first.toString())));
            }
        }
    }
}
