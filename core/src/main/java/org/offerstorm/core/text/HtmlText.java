package org.offerstorm.core.text;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text of HTML, for what is searched and shown as text: without tags, comments, scripts and styles, with a line break
 * for each block, one blank for white space, and characters for entities. It is not a cleaner: the result is untrusted
 * text, and holds a tag where the source has the entities of its brackets. The time is linear in the length, no matter what
 * the source holds. Stateless.
 */
public final class HtmlText {
    private static final int LONGEST_ENTITY = 12;
    private static final int REPLACEMENT = 0xFFFD;
    private static final int FIRST_OF_LATIN = 0xA0;

    /** Names of U+00A0 to U+00FF, in order. */
    private static final String LATIN =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg "
                    + "plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 "
                    + "iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml "
                    + "Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave "
                    + "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil "
                    + "egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde "
                    + "ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

    private static final String OTHERS =
            "amp=26 lt=3c gt=3e quot=22 apos=27 euro=20ac hellip=2026 ndash=2013 mdash=2014 "
                    + "lsquo=2018 rsquo=2019 sbquo=201a ldquo=201c rdquo=201d bdquo=201e lsaquo=2039 "
                    + "rsaquo=203a bull=2022 trade=2122 oelig=153 OElig=152 Scaron=160 scaron=161 Yuml=178 "
                    + "permil=2030 dagger=2020 Dagger=2021 ensp=2002 emsp=2003 thinsp=2009 zwnj=200c zwj=200d "
                    + "rarr=2192 larr=2190 uarr=2191 darr=2193 minus=2212 le=2264 ge=2265 ne=2260 infin=221e "
                    + "check=2713";

    /** What numbers 0x80 to 0x9F mean in HTML: the characters of windows-1252. */
    private static final String WINDOWS =
            "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d"
                    + "\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    private static final Map<String, Integer> ENTITIES = entities();

    /** A tag as people write them in texts, in full: {@code List<String>} and {@code a <b or c>} have none. */
    private static final Pattern USUAL_TAG = Pattern.compile(
            "<(?:/?+(?:NAME)\\s*+/?>|(?:NAME)\\s++[a-z-]++\\s*+=[^<>]*+>)"
                    .replace(
                            "NAME",
                            "p|br|li|ul|ol|div|strong|b|em|i|u|span|font|h[1-6]|hr|a|img|table|tr|td|th|dl|dt|dd"
                                    + "|blockquote|section|article|header|footer"),
            Pattern.CASE_INSENSITIVE);

    private final String html;
    private final StringBuilder text;
    private final boolean markup;
    /** Line breaks and blanks that come before the next character. */
    private int breaks;

    private boolean blank;

    private HtmlText(String html) {
        this.html = html;
        text = new StringBuilder(html.length());
        markup = hasMarkup();
    }

    /**
     * The text. A source without any tag keeps its line breaks, because it is text already; only its entities are
     * replaced. If that {@linkplain #isEscaped makes tags}, the text of those is taken.
     */
    public static String of(String html) {
        if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
            return html;
        }
        HtmlText source = new HtmlText(html);
        String text = source.read();
        return !source.markup && hasUsualTag(text) ? new HtmlText(text).read() : text;
    }

    /**
     * Whether it is HTML that was escaped as a whole, as some interfaces give it in JSON: it has no tag, but entities of
     * whole tags, such as <code>&amp;lt;p&amp;gt;</code>.
     */
    public static boolean isEscaped(String html) {
        if (html.indexOf('&') < 0) {
            return false;
        }
        HtmlText source = new HtmlText(html);
        return !source.markup && hasUsualTag(source.read());
    }

    private static boolean hasUsualTag(String text) {
        return text.indexOf('<') >= 0 && USUAL_TAG.matcher(text).find();
    }

    private String read() {
        int at = 0;
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<' && markup && isMarkup(at)) {
                at = skipMarkup(at);
            } else if (c == '&') {
                at = entity(at);
            } else {
                add(c);
                at++;
            }
        }
        return text.toString();
    }

    private boolean hasMarkup() {
        for (int at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
            if (isMarkup(at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a {@code <} begins a tag, a comment or the like; before anything else it is a character. */
    private boolean isMarkup(int at) {
        if (at + 1 == html.length()) {
            return false;
        }
        char c = html.charAt(at + 1);
        return isLetter(c) || c == '/' || c == '!' || c == '?';
    }

    private void add(int c) {
        if (markup && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == FIRST_OF_LATIN)) {
            blank = true;
            return;
        }
        if (!text.isEmpty()) {
            if (breaks > 0) {
                text.append("\n\n", 0, breaks);
            } else if (blank) {
                text.append(' ');
            }
        }
        breaks = 0;
        blank = false;
        text.appendCodePoint(c);
    }

    /** Skips a tag or comment; without an end it reaches to the end of the text, as in browsers. */
    private int skipMarkup(int from) {
        if (html.startsWith("<!--", from)) {
            return end(html.indexOf("-->", from + 4), 3);
        }
        boolean closing = html.charAt(from + 1) == '/';
        int at = closing ? from + 2 : from + 1;
        int nameEnd = at;
        while (nameEnd < html.length() && isNameCharacter(html.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd == at) {
            return end(html.indexOf('>', from), 1);
        }
        String name =
                nameEnd - at > LONGEST_ENTITY ? "" : html.substring(at, nameEnd).toLowerCase(Locale.ROOT);
        int after = tagEnd(nameEnd);
        switch (name) {
            case "br" -> breaks = Math.min(2, breaks + 1);
            case "p",
                    "div",
                    "ul",
                    "ol",
                    "li",
                    "dl",
                    "dt",
                    "dd",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "hr",
                    "table",
                    "tr",
                    "section",
                    "article",
                    "header",
                    "footer",
                    "blockquote",
                    "pre",
                    "figure",
                    "address" -> breaks = Math.max(1, breaks);
            case "td", "th" -> blank = true;
            case "script", "style" -> {
                if (!closing) {
                    return afterRaw(name, after);
                }
            }
            default -> {} // within a line
        }
        return after;
    }

    /** After the {@code >} that ends a tag; one in a quoted value does not. */
    private int tagEnd(int from) {
        char quote = 0;
        boolean afterEquals = false;
        for (int at = from; at < html.length(); at++) {
            char c = html.charAt(at);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                }
            } else if (c == '>') {
                return at + 1;
            } else if (afterEquals && (c == '"' || c == '\'')) {
                quote = c;
                afterEquals = false;
            } else if (c != ' ') {
                afterEquals = c == '=';
            }
        }
        return html.length();
    }

    /** After the end tag of a script or style. */
    private int afterRaw(String name, int from) {
        for (int at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
            if (html.regionMatches(true, at + 2, name, 0, name.length())) {
                return end(html.indexOf('>', at), 1);
            }
        }
        return html.length();
    }

    private int end(int at, int length) {
        return at < 0 ? html.length() : at + length;
    }

    /** Adds the character that an entity means, or the {@code &} itself; returns where to continue. */
    private int entity(int at) {
        int most = Math.min(html.length(), at + LONGEST_ENTITY);
        int end = at + 1;
        if (end < most && html.charAt(end) == '#') {
            end++;
        }
        while (end < most && isNameCharacter(html.charAt(end))) {
            end++;
        }
        boolean closed = end < html.length() && html.charAt(end) == ';';
        int c = closed ? meaning(html.substring(at + 1, end)) : -1;
        if (c < 0) {
            add('&');
            return at + 1;
        }
        add(c);
        return end + 1;
    }

    private static int meaning(String entity) {
        if (!entity.startsWith("#")) {
            return ENTITIES.getOrDefault(entity, -1);
        }
        boolean hex = entity.length() > 1 && (entity.charAt(1) == 'x' || entity.charAt(1) == 'X');
        int number;
        try {
            number = hex
                    ? Integer.parseInt(entity, 2, entity.length(), 16)
                    : Integer.parseInt(entity, 1, entity.length(), 10);
        } catch (NumberFormatException e) {
            return -1; // no digits, or too many
        }
        if (number >= 0x80 && number < FIRST_OF_LATIN) {
            return WINDOWS.charAt(number - 0x80);
        }
        if (number == 0 || number > Character.MAX_CODE_POINT || (number >= 0xD800 && number <= 0xDFFF)) {
            return REPLACEMENT;
        }
        return number < ' ' || number == 0x7F ? ' ' : number;
    }

    private static boolean isNameCharacter(char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Map<String, Integer> entities() {
        Map<String, Integer> entities = new HashMap<>();
        int c = FIRST_OF_LATIN;
        for (String name : LATIN.split(" ", -1)) {
            entities.put(name, c++);
        }
        for (String entity : OTHERS.split(" ", -1)) {
            int equals = entity.indexOf('=');
            entities.put(entity.substring(0, equals), Integer.parseInt(entity.substring(equals + 1), 16));
        }
        return entities;
    }
}
