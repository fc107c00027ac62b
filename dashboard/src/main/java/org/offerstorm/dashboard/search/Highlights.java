package org.offerstorm.dashboard.search;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Marks around what was found in a text, in Solr's answer. They are random, so that no offer can hold them, and are taken
 * away here: users get parts of texts, never markup.
 */
public record Highlights(String before, String after) {
    /** A part of a text. */
    public record Part(String text, boolean found) {}

    static Highlights random(SecureRandom random) {
        byte[] mark = new byte[8];
        random.nextBytes(mark);
        String hex = HexFormat.of().formatHex(mark);
        return new Highlights("[" + hex + "<", ">" + hex + "]");
    }

    List<Part> parts(String marked) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < marked.length()) {
            int from = marked.indexOf(before, at);
            int to = from < 0 ? -1 : marked.indexOf(after, from);
            if (to < 0) {
                parts.add(new Part(marked.substring(at), false));
                break;
            }
            if (from > at) {
                parts.add(new Part(marked.substring(at, from), false));
            }
            parts.add(new Part(marked.substring(from + before.length(), to), true));
            at = to + after.length();
        }
        return parts;
    }
}
