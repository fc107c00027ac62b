package org.offerstorm.dashboard.search;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Texts that people read as the same, made equal here as the index makes them equal (conf/solr/offers). For comparing
 * only: what is shown stays as it came.
 */
final class Folded {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern HYPHENS = Pattern.compile("[-_'’]+");
    /** Accents after their letter, joiners, soft hyphens, marks of direction. */
    private static final Pattern NOT_READ = Pattern.compile("[\\p{M}\\p{Cf}]+");

    private Folded() {}

    /** Without case, accents and what is not read; letters in their plain style and width, blanks as one space. */
    static String of(String text) {
        String letters = NOT_READ.matcher(Normalizer.normalize(text, Form.NFKD)).replaceAll("");
        StringBuilder folded = new StringBuilder(letters.length());
        BLANKS.matcher(letters.toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip()
                .codePoints()
                .forEach(c -> {
                    switch (c) {
                        case 'œ' -> folded.append("oe");
                        case 'æ' -> folded.append("ae");
                        case 'ß' -> folded.append("ss");
                        case 'ø' -> folded.append('o');
                        case 'đ', 'ð' -> folded.append('d');
                        case 'ł' -> folded.append('l');
                        case 'ı' -> folded.append('i');
                        case 'ς' -> folded.append('σ');
                        default -> folded.appendCodePoint(c);
                    }
                });
        return folded.toString();
    }

    /** As the index compares cities and keywords: hyphens and apostrophes are blanks, too. */
    static String keyword(String text) {
        return of(HYPHENS.matcher(text).replaceAll(" "));
    }

    /** With accents in one character where there is one. */
    static String composed(String text) {
        return Normalizer.normalize(text, Form.NFC);
    }

    /** With accents after their letters. */
    static String decomposed(String text) {
        return Normalizer.normalize(text, Form.NFD);
    }
}
