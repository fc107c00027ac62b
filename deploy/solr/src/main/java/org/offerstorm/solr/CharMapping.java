package org.offerstorm.solr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Texts to be replaced, and by what. Immutable. */
final class CharMapping {
    /** One rule: {@code from} is not empty. */
    static final class Rule {
        final char[] from;
        final char[] to;

        Rule(String from, String to) {
            this.from = from.toCharArray();
            this.to = to.toCharArray();
        }

        boolean standsAt(int start, char[] text, int end) {
            if (start + from.length > end) {
                return false;
            }
            for (int i = from.length - 1; i >= 0; i--) { // their ends are rarer: C++, C#
                if (text[start + i] != from[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final int SLOTS = 256;

    /** By the low byte of the first character, the longest first. */
    private final Rule[][] rules = new Rule[SLOTS][0];

    /** By the low byte of the first character: the low six bits of what may follow it. Tells for most characters that nothing begins. */
    private final long[] seconds = new long[SLOTS];

    private final int longest;

    CharMapping(Map<String, String> replacements) {
        List<Rule> all = new ArrayList<>();
        replacements.forEach((from, to) -> all.add(new Rule(from, to)));
        all.sort(Comparator.comparingInt((Rule rule) -> rule.from.length).reversed());
        longest = all.isEmpty() ? 1 : all.get(0).from.length;
        for (Rule rule : all) {
            int slot = slot(rule.from[0]);
            rules[slot] = Arrays.copyOf(rules[slot], rules[slot].length + 1);
            rules[slot][rules[slot].length - 1] = rule;
            seconds[slot] |= rule.from.length == 1 ? -1L : 1L << rule.from[1];
        }
    }

    /** Characters of the longest text to be replaced, at least 1. */
    int longest() {
        return longest;
    }

    /**
     * Where the first text to be replaced begins.
     *
     * @param start of the places that are looked at
     * @param limit behind them; returned if nothing begins there
     * @param end of the text, which has room for one character more
     */
    int find(char[] text, int start, int limit, int end) {
        long[] followers = seconds;
        for (int i = start; i < limit; i++) {
            int slot = slot(text[i]);
            if ((followers[slot] >>> text[i + 1] & 1) != 0 && longestOf(rules[slot], i, text, end) != null) {
                return i;
            }
        }
        return limit;
    }

    /** The longest rule whose text stands there, or null. */
    Rule at(int start, char[] text, int end) {
        return longestOf(rules[slot(text[start])], start, text, end);
    }

    private static Rule longestOf(Rule[] candidates, int start, char[] text, int end) {
        for (Rule rule : candidates) {
            if (rule.standsAt(start, text, end)) {
                return rule;
            }
        }
        return null;
    }

    private static int slot(char first) {
        return first & SLOTS - 1;
    }
}
