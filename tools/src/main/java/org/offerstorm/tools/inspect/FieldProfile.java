package org.offerstorm.tools.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.offerstorm.core.mapping.Pointer;
import org.offerstorm.core.text.Blanks;
import org.offerstorm.core.text.HtmlText;

/** What the sample holds at one place of its records. One thread. */
final class FieldProfile {
    /** More distinct values are not told apart. */
    static final int MAX_DISTINCT = 20_000;

    /** Characters of a value; of longer ones the start is kept. */
    static final int KEPT = 512;

    private static final double ENOUGH = 0.95;
    private static final Pattern TAGS =
            Pattern.compile("</?(p|br|li|ul|ol|div|strong|b|em|span|h[1-6]|a)\\b[^>]*/?>", Pattern.CASE_INSENSITIVE);

    private final Pointer pointer;
    private String name;
    private final Map<String, Integer> values = new LinkedHashMap<>();
    private boolean cut;
    private long present;
    private long valueCount;
    private long texts;
    private long numbers;
    private long booleans;
    private long others;
    private long html;
    private long escapedHtml;
    private long length;
    private int longest;
    private boolean sequence = true;

    FieldProfile(Pointer pointer) {
        this.pointer = pointer;
        this.name = nameFrom(0);
    }

    /** Leaves the first step, which all of an offer is below, out of the name. */
    void unwrap() {
        name = nameFrom(1);
    }

    private String nameFrom(int step) {
        return Names.plain(String.join(
                "_",
                pointer.steps().stream()
                        .skip(step)
                        .filter(one -> !one.equals(Pointer.EACH))
                        .toList()));
    }

    /** @param record its number in the sample, from 1 */
    void add(List<JsonNode> found, long record) {
        boolean any = false;
        for (JsonNode node : found) {
            if (node.isNull() || (node.isTextual() && Blanks.isBlank(node.textValue()))) {
                continue;
            }
            any = true;
            if (node.isTextual()) {
                texts++;
            } else if (node.isNumber()) {
                numbers++;
            } else if (node.isBoolean()) {
                booleans++;
            } else {
                others++;
                continue;
            }
            add(node.asText(), record);
        }
        present += any ? 1 : 0;
    }

    private void add(String text, long record) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        valueCount++;
        length += bytes;
        longest = Math.max(longest, bytes);
        html += text.indexOf('<') >= 0 && TAGS.matcher(text).find() ? 1 : 0;
        escapedHtml += HtmlText.isEscaped(text) ? 1 : 0;
        sequence &= text.equals(Long.toString(record)) || text.equals(Long.toString(record - 1));
        String kept = text.length() <= KEPT ? text : text.substring(0, KEPT) + "…" + text.hashCode();
        if (values.size() < MAX_DISTINCT || values.containsKey(kept)) {
            values.merge(kept, 1, Integer::sum);
        } else {
            cut = true;
        }
    }

    Pointer pointer() {
        return pointer;
    }

    /** Whether it describes the JSON and not the offer, as {@code @type} and {@code @context} of schema.org do. */
    boolean isKeyword() {
        String last = pointer.steps().get(pointer.steps().size() - 1);
        return last.startsWith("@") && !last.equals("@id");
    }

    /** Its place in words: lower case, without accents, {@code _} between them. */
    String name() {
        return name;
    }

    /** Values and how often each is there, in the order of their first. Long ones are cut. */
    Map<String, Integer> values() {
        return values;
    }

    /** Share of the values that fit, each as often as it is there; 0 if there are none. */
    double share(Predicate<String> fits) {
        long fitting = 0;
        long all = 0;
        for (Map.Entry<String, Integer> value : values.entrySet()) {
            all += value.getValue();
            fitting += fits.test(value.getKey()) ? value.getValue() : 0;
        }
        return all == 0 ? 0 : (double) fitting / all;
    }

    /** In which form its numbers are; null if they are not numbers, or many records have something else. */
    NumberForms.Form numbers() {
        NumberForms.Form form = NumberForms.of(values.keySet());
        return form != null && share(value -> NumberForms.fits(form.as(), value)) >= ENOUGH ? form : null;
    }

    /** In which form its dates are; null if they are not dates, or many records have something else. */
    DateForms.Form dates() {
        DateForms.Form form = DateForms.of(values.keySet());
        return form != null && share(value -> DateForms.fits(form.as(), value)) >= ENOUGH ? form : null;
    }

    boolean hasMoreValues() {
        return cut;
    }

    int distinct() {
        return values.size();
    }

    /** Records with a value that is not blank. */
    long present() {
        return present;
    }

    /** Whether some of its values are objects or arrays of arrays. */
    boolean hasOthers() {
        return others > 0;
    }

    boolean isEach() {
        return pointer.steps().contains(Pointer.EACH);
    }

    boolean isBoolean() {
        return booleans > 0 && texts + numbers + others == 0;
    }

    boolean isNumber() {
        return numbers > 0 && texts + booleans + others == 0;
    }

    boolean isText() {
        return texts > 0 && numbers + booleans + others == 0;
    }

    /** Whether it has one value, different in each record. */
    boolean isUnique(long records) {
        return present == records && !cut && distinct() == records && others == 0 && !isEach();
    }

    /** Whether it only counts the records. */
    boolean isSequence() {
        return sequence && valueCount > 2;
    }

    /** Tags that are escaped may be what a text is about, unless most values have some. */
    boolean isHtml() {
        return valueCount > 0 && (html * 10 >= valueCount || escapedHtml * 2 > valueCount);
    }

    long averageLength() {
        return valueCount == 0 ? 0 : length / valueCount;
    }

    int longest() {
        return longest;
    }

    String kind() {
        StringBuilder kind = new StringBuilder();
        append(kind, texts, "text");
        append(kind, numbers, "number");
        append(kind, booleans, "boolean");
        append(kind, others, "object");
        return (isEach() ? "array of " : "") + (kind.isEmpty() ? "blank" : kind);
    }

    private static void append(StringBuilder kind, long count, String word) {
        if (count > 0) {
            kind.append(kind.isEmpty() ? "" : ", ").append(word);
        }
    }
}
