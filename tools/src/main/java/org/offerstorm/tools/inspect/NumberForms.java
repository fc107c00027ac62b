package org.offerstorm.tools.inspect;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** In which form numbers are written, found by their values. */
final class NumberForms {
    private static final double ENOUGH = 0.95;
    private static final String BLANK = "[ '\u2019\u00A0\u202F]";
    private static final Pattern USUAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern COMMA = Pattern.compile("[+-]?(\\d{1,3}((\\.|" + BLANK + ")\\d{3})+|\\d+)(,\\d+)?");
    private static final Pattern POINT = Pattern.compile("[+-]?(\\d{1,3}((,|" + BLANK + ")\\d{3})+|\\d+)(\\.\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,14})");

    private NumberForms() {}

    /**
     * The form of numbers.
     *
     * @param as as a mapping writes it; null: with a decimal point and without thousands, which needs none
     * @param whole whether all are whole numbers, without zeros at their start
     * @param largest magnitude
     * @param least of all
     */
    record Form(String as, boolean whole, double largest, double least) {}

    /** The form of at least 95 % of the values; null if they are not numbers. */
    static Form of(Collection<String> values) {
        List<String> all = values.stream().map(String::strip).toList();
        if (all.isEmpty()) {
            return null;
        }
        if (count(all, USUAL) >= all.size() * ENOUGH) {
            return form(null, all);
        }
        long comma = count(all, COMMA);
        long point = count(all, POINT);
        if (Math.max(comma, point) < all.size() * ENOUGH) {
            return null;
        }
        // 1,234 fits both: three digits after each comma are thousands.
        return form(comma > point ? "decimal ," : "decimal .", all);
    }

    /** Whether a value is a number in the form that {@code as} names. */
    static boolean fits(String as, String value) {
        Pattern pattern = as == null ? USUAL : as.endsWith(",") ? COMMA : POINT;
        return pattern.matcher(value.strip()).matches();
    }

    private static long count(List<String> values, Pattern pattern) {
        return values.stream().filter(value -> pattern.matcher(value).matches()).count();
    }

    private static Form form(String as, List<String> values) {
        double largest = 0;
        double least = Double.MAX_VALUE;
        for (String value : values) {
            double number = number(as, value);
            if (!Double.isNaN(number)) {
                largest = Math.max(largest, Math.abs(number));
                least = Math.min(least, number);
            }
        }
        boolean whole = as == null
                && values.stream().allMatch(value -> WHOLE.matcher(value).matches());
        return new Form(as, whole, largest, least);
    }

    private static double number(String as, String value) {
        String plain = value.replaceAll(BLANK, "");
        if (as != null) {
            boolean comma = as.endsWith(",");
            plain = plain.replace(comma ? "." : ",", "").replace(',', '.');
        }
        return USUAL.matcher(plain).matches() ? Double.parseDouble(plain) : Double.NaN;
    }
}
