package org.offerstorm.dashboard.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user typed, as words, "phrases in quotes" and -words that must not be there. Nothing else has a meaning: all
 * other signs are separated from the words, or are part of them as letters are.
 *
 * @param typed what can be read of it
 */
public record Words(String typed, List<Term> terms) {
    static final int MAX_LENGTH = 300;
    static final int MAX_TERMS = 16;

    /** What Solr's parsers take for syntax. */
    private static final String SYNTAX = "\\+-!():^[]\"{}~*?|&;/<>=@,%$`'";
    /** Words that the parser takes for operators when they are in capitals. */
    private static final Set<String> OPERATORS = Set.of("AND", "OR", "NOT", "TO");

    private static final int SHORTEST_PREFIX = 2;

    /** A word, or a phrase if it holds a blank. */
    record Term(String text, boolean excluded) {
        boolean phrase() {
            return text.indexOf(' ') >= 0;
        }
    }

    public Words {
        terms = List.copyOf(terms);
    }

    /** @throws BadSearch if it is too long */
    static Words of(String typed) {
        if (typed.length() > MAX_LENGTH) {
            throw new BadSearch("the search (q) has " + typed.length() + " characters; it may have " + MAX_LENGTH);
        }
        List<Term> terms = new ArrayList<>();
        String text = Normalizer.normalize(readable(typed), Normalizer.Form.NFC);
        boolean quoted = false;
        for (String part : text.split("[\"«»“”„‟＂]", -1)) {
            if (quoted) {
                add(terms, part.trim().replaceAll(" +", " "), false);
            } else {
                for (String word : part.split(" +", -1)) {
                    boolean excluded = word.length() > 1 && word.charAt(0) == '-';
                    add(terms, excluded ? word.substring(1) : word, excluded);
                }
            }
            quoted = !quoted;
        }
        return new Words(text.strip(), terms.size() > MAX_TERMS ? terms.subList(0, MAX_TERMS) : terms);
    }

    private static void add(List<Term> terms, String text, boolean excluded) {
        if (text.codePoints().anyMatch(Character::isLetterOrDigit)) {
            terms.add(new Term(OPERATORS.contains(text) ? text.toLowerCase(Locale.ROOT) : text, excluded));
        }
    }

    /**
     * Replaces control characters, half surrogate pairs and everything else that is not text by blanks. Takes away what
     * is not read: soft hyphens, joiners, marks of direction.
     */
    private static String readable(String typed) {
        StringBuilder text = new StringBuilder(typed.length());
        typed.codePoints().filter(c -> Character.getType(c) != Character.FORMAT).forEach(c -> {
            int type = Character.getType(c);
            boolean unreadable = type == Character.CONTROL
                    || type == Character.SURROGATE
                    || type == Character.UNASSIGNED
                    || type == Character.PRIVATE_USE
                    || Character.isWhitespace(c)
                    || Character.isSpaceChar(c);
            text.appendCodePoint(unreadable ? ' ' : c);
        });
        return text.toString();
    }

    /** Whether something was typed, and none of it can be searched for: signs, pictures, quotes around nothing. */
    boolean isWordless() {
        return terms.isEmpty() && !typed.isEmpty();
    }

    /** Whether all of it are words of a list, folded: the index has none of these. */
    boolean isOnly(Set<String> list) {
        return !terms.isEmpty()
                && terms.stream()
                        .flatMap(term -> Stream.of(term.text.split(" ")))
                        .map(Folded::of)
                        .allMatch(list::contains);
    }

    boolean isEmpty() {
        return terms.stream().allMatch(Term::excluded);
    }

    /** As it could be typed again. */
    String text() {
        return terms.stream()
                .map(term -> (term.excluded ? "-" : "") + (term.phrase() ? '"' + term.text + '"' : term.text))
                .collect(Collectors.joining(" "));
    }

    /** Without one of the words that must be there. */
    Words without(int index) {
        List<Term> rest = new ArrayList<>(terms);
        rest.remove(index);
        return new Words(typed, rest);
    }

    /** As a query of edismax, each word escaped. Empty for a search for everything. */
    String query(boolean typing) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            query.append(query.isEmpty() ? "" : " ").append(term.excluded ? "-" : "");
            boolean last = i + 1 == terms.size();
            if (term.phrase()) {
                query.append('"').append(escape(term.text)).append('"');
            } else if (typing && last && !term.excluded && isPrefix(term.text)) {
                // "words" holds titles unstemmed: what is typed of a word is found before the word is whole.
                query.append('(')
                        .append(escape(term.text))
                        .append(" OR words:")
                        .append(escape(term.text))
                        .append("*)");
            } else {
                query.append(escape(term.text));
            }
        }
        return query.toString();
    }

    private static boolean isPrefix(String word) {
        return word.length() >= SHORTEST_PREFIX && word.codePoints().allMatch(Words::isOfAWord);
    }

    /** Accents are characters where there is none with its letter. */
    private static boolean isOfAWord(int c) {
        return Character.isLetterOrDigit(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SYNTAX.indexOf(c) >= 0) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
