package org.offerstorm.dashboard.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.offerstorm.dashboard.search.Highlights.Part;

/**
 * Cuts a passage to the part of it where most was found. A passage ends with its sentence, and a text without full stops
 * is one sentence. Cuts are between words, or between characters as people see them where a text has no blanks.
 */
final class Excerpt {
    /** Characters of a passage, apart from a found word that is longer. */
    static final int MAX = 280;

    /** Of a cut passage before what was found; where there is more than that and a bit, even a short one is cut. */
    private static final int BEFORE = MAX / 4;

    private static final int MOST_BEFORE = 110; // three lines of a phone, which shows no more
    /** What may be given away to end with a whole word. */
    private static final int TO_A_BLANK = 40;

    private static final String CUT = "…";
    private static final int JOINER = 0x200D;

    private final String text;
    private final List<Range> found;

    private record Range(int from, int to) {}

    private Excerpt(List<Part> parts) {
        this.text = parts.stream().map(Part::text).collect(Collectors.joining());
        this.found = new ArrayList<>();
        int at = 0;
        for (Part part : parts) {
            if (part.found()) {
                found.add(new Range(at, at + part.text().length()));
            }
            at += part.text().length();
        }
    }

    /** The passages of a text, each cut; where the first begins late or the last ends early, it says so with a "…". */
    static List<List<Part>> of(List<List<Part>> passages) {
        List<List<Part>> cut = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            cut.add(new Excerpt(passages.get(i)).cut(i == 0, i + 1 == passages.size()));
        }
        return cut;
    }

    private List<Part> cut(boolean first, boolean last) {
        Range window = window();
        List<Part> parts = new ArrayList<>();
        if (first && window.from > 0) {
            parts.add(new Part(CUT, false));
        }
        int at = window.from;
        for (Range range : found) {
            int from = Math.max(range.from, at);
            int to = Math.min(range.to, window.to);
            if (from < to) {
                add(parts, at, from, false);
                add(parts, from, to, true);
                at = to;
            }
        }
        add(parts, at, window.to, false);
        if (last && window.to < text.length()) {
            parts.add(new Part(CUT, false));
        }
        return parts;
    }

    private void add(List<Part> parts, int from, int to, boolean isFound) {
        if (from < to) {
            parts.add(new Part(text.substring(from, to), isFound));
        }
    }

    private Range window() {
        Range core = best();
        if (text.length() <= MAX && core.from <= MOST_BEFORE) {
            return new Range(0, text.length());
        }
        int from = core.from <= MOST_BEFORE ? 0 : startOfWord(core.from - BEFORE, core.from);
        return new Range(from, endOfWord(Math.min(text.length(), from + MAX), core));
    }

    /** The found word that has the most different ones close behind it; the start of the text if nothing was found. */
    private Range best() {
        Range best = new Range(0, 0);
        int most = 0;
        for (int i = 0; i < found.size(); i++) {
            Range range = found.get(i);
            Set<String> words = new HashSet<>();
            for (int j = i; j < found.size() && found.get(j).to <= range.from - BEFORE + MAX; j++) {
                words.add(text.substring(found.get(j).from, found.get(j).to).toLowerCase(Locale.ROOT));
            }
            if (Math.max(1, words.size()) > most) {
                best = range;
                most = Math.max(1, words.size());
            }
        }
        return best;
    }

    private int startOfWord(int from, int latest) {
        if (from == 0 || from >= latest) {
            return Math.min(from, latest);
        }
        for (int i = from; i <= latest; i++) {
            if (isBlank(i - 1)) {
                return i;
            }
        }
        int i = from;
        while (i < latest && !isBoundary(i)) {
            i++;
        }
        return i;
    }

    private int endOfWord(int end, Range core) {
        if (end == text.length()) {
            return end;
        }
        if (end <= core.to) { // a found word without an end: as much of it as may be shown
            int i = Math.min(core.to, Math.max(end, core.from + MAX));
            int least = core.from + 1;
            int cut = i;
            while (cut > least && !isBoundary(cut)) {
                cut--;
            }
            return cut > least ? cut : endOfCodePoint(i);
        }
        int least = core.to;
        int latest = end;
        for (Range range : found) {
            if (range.from >= least && range.from < end && range.to > end) {
                latest = range.from; // half a found word is not shown
            }
        }
        for (int i = latest; i > Math.max(least, latest - TO_A_BLANK); i--) {
            if (isBlank(i) || isBlank(i - 1)) {
                return isBlank(i - 1) ? i - 1 : i;
            }
        }
        int i = latest;
        while (i > least && !isBoundary(i)) {
            i--;
        }
        return i > least || isBoundary(i) ? i : endOfCodePoint(latest);
    }

    private boolean isBlank(int index) {
        return index >= 0
                && index < text.length()
                && (Character.isWhitespace(text.charAt(index)) || Character.isSpaceChar(text.charAt(index)));
    }

    private int endOfCodePoint(int index) {
        return index < text.length()
                        && Character.isLowSurrogate(text.charAt(index))
                        && Character.isHighSurrogate(text.charAt(index - 1))
                ? index - 1
                : index;
    }

    /** Whether a character as people see it ends before {@code index}: no accent, joiner or other half comes after it. */
    private boolean isBoundary(int index) {
        if (index <= 0 || index >= text.length()) {
            return true;
        }
        if (endOfCodePoint(index) != index) {
            return false;
        }
        int next = text.codePointAt(index);
        int before = text.codePointBefore(index);
        return switch (Character.getType(next)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT -> false;
            default ->
                before != JOINER
                        && !isSkinTone(next)
                        && !isVowelOrFinal(next)
                        && !(isFlagLetter(next) && isFlagLetter(before) && flagLettersBefore(index) % 2 == 1);
        };
    }

    private static boolean isSkinTone(int c) {
        return c >= 0x1F3FB && c <= 0x1F3FF;
    }

    /** Parts of a Hangul syllable, and the voice marks of half-width katakana. */
    private static boolean isVowelOrFinal(int c) {
        return (c >= 0x1160 && c <= 0x11FF) || c == 0xFF9E || c == 0xFF9F;
    }

    private static boolean isFlagLetter(int c) {
        return c >= 0x1F1E6 && c <= 0x1F1FF;
    }

    private int flagLettersBefore(int index) {
        int count = 0;
        for (int i = index; i > 1 && isFlagLetter(text.codePointBefore(i)); i -= 2) {
            count++;
        }
        return count;
    }
}
