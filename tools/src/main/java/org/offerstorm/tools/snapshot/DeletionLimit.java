package org.offerstorm.tools.snapshot;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many offers a snapshot may delete.
 *
 * @param amount offers, or percent of those that the source has in the topic
 */
public record DeletionLimit(long amount, boolean percent) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}) ?(%?)");

    /**
     * As it is typed: {@code 20%}, {@code 500}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static DeletionLimit parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || (!form.group(2).isEmpty() && Long.parseLong(form.group(1)) > 100)) {
            throw new IllegalArgumentException("not a share from 0% to 100%, nor a number of offers");
        }
        return new DeletionLimit(Long.parseLong(form.group(1)), !form.group(2).isEmpty());
    }

    /** Whether {@code gone} of {@code all} may be deleted. */
    boolean allows(long gone, long all) {
        return percent ? gone * 100 <= amount * all : gone <= amount;
    }

    @Override
    public String toString() {
        return percent ? amount + "%" : String.format(Locale.ROOT, "%,d", amount);
    }
}
