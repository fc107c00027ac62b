package org.offerstorm.core.mapping;

import org.offerstorm.core.text.Blanks;

/** How people and programs write numbers in texts. Stateless. */
final class WrittenNumbers {
    private static final int GROUP = 3;

    private WrittenNumbers() {}

    /** A number of JSON, which may also have a plus sign, zeros at its start, or no digit on one side of the point. */
    static boolean isNumber(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int whole = digits(text, at);
        at += whole;
        int decimals = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            decimals = digits(text, at + 1);
            at += 1 + decimals;
        }
        if (whole + decimals == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            at += at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? 1 : 0;
            int exponent = digits(text, at);
            if (exponent == 0) {
                return false;
            }
            at += exponent;
        }
        return at == text.length();
    }

    /** Digits alone, perhaps with a minus sign. */
    static boolean isWhole(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        return text.length() > first && digits(text, first) == text.length() - first;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    /**
     * The number without what separates thousands, and with a point before the decimals.
     *
     * @param decimal point or comma, which comes before the decimals
     * @return null if the digits between separators are not groups of three: then the character may mean something else
     */
    static String grouped(String text, char decimal) {
        StringBuilder number = new StringBuilder(text.length());
        char other = decimal == ',' ? '.' : ',';
        boolean whole = true; // before the decimals
        boolean grouped = false;
        int group = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == other || c == '\'' || c == '\u2019' || Blanks.isInvisible(c)) {
                if (!whole || group == 0 || group > GROUP || (grouped && group != GROUP)) {
                    return null;
                }
                grouped = true;
                group = 0;
            } else if (isDigit(c)) {
                group++;
                number.append(c);
            } else {
                if (whole && grouped && group != GROUP) {
                    return null;
                }
                whole = whole && group == 0; // after a sign the number begins
                number.append(c == decimal ? '.' : c == '.' ? ',' : c == '\u2212' ? '-' : c);
            }
        }
        return whole && grouped && group != GROUP ? null : number.toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
