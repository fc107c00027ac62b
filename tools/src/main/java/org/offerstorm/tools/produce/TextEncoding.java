package org.offerstorm.tools.produce;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;
import org.offerstorm.core.input.FileKind;
import org.offerstorm.core.text.Quote;

/**
 * The character encoding of a file: that of its byte order mark, else the declared one, else UTF-8.
 *
 * @param declared whether the mapping names it
 */
record TextEncoding(Charset charset, boolean declared) {
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");

    /**
     * Of a file that begins so.
     *
     * @param declared null if the mapping names none
     * @throws BadInput if the encoding is unknown here, the file begins with the mark of another one, or nothing names the
     *     wide encoding that it seems to have
     */
    static TextEncoding of(byte[] head, String file, String declared) throws BadInput {
        Charset marked = ofMark(head);
        if (declared == null) {
            Optional<FileKind> kind = FileKind.binary(head, head.length);
            if (marked == null && kind.isPresent() && isWide(kind.get())) {
                throw new BadInput(file + " is " + kind.get().what() + " without a byte order mark; write 'encoding: "
                        + kind.get().name().replace('_', '-') + "' under 'file:' in the mapping");
            }
            return new TextEncoding(marked == null ? StandardCharsets.UTF_8 : marked, false);
        }
        Charset named = named(file, declared);
        if (marked != null && !isSame(named, marked)) {
            throw new BadInput(file + " begins with a byte order mark of " + marked + ", and the mapping says " + named
                    + "; correct 'encoding' under 'file:', or omit it");
        }
        return new TextEncoding(marked == null ? named : marked, true);
    }

    private static Charset named(String file, String name) throws BadInput {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new BadInput(
                    file + ": the encoding " + Quote.of(name) + " is not known here; write one such as UTF-8, UTF-16LE,"
                            + " windows-1252 or ISO-8859-15",
                    e);
        }
    }

    /** The encoding that a mark at the start names; null if there is none. */
    private static Charset ofMark(byte[] head) {
        if (begins(head, 0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        } else if (begins(head, 0xFF, 0xFE, 0, 0)) {
            return UTF_32LE;
        } else if (begins(head, 0, 0, 0xFE, 0xFF)) {
            return UTF_32BE;
        } else if (begins(head, 0xFF, 0xFE)) {
            return StandardCharsets.UTF_16LE;
        }
        return begins(head, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE : null;
    }

    /** {@code UTF-16} is either of its two orders. */
    private static boolean isSame(Charset named, Charset marked) {
        String name = named.name().toUpperCase(Locale.ROOT).replace("X-", "").replace("-BOM", "");
        return marked.name().equals(name)
                || (marked.name().startsWith(name) && (name.equals("UTF-16") || name.equals("UTF-32")));
    }

    static boolean isWide(FileKind kind) {
        return switch (kind) {
            case UTF_16, UTF_16LE, UTF_16BE, UTF_32, UTF_32LE, UTF_32BE -> true;
            default -> false;
        };
    }

    private static boolean begins(byte[] head, int... bytes) {
        if (head.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    String name() {
        return charset.name();
    }

    /** The first characters of a text, without its mark. What is malformed is replaced: for a look only. */
    String look(byte[] head) {
        String text = new String(head, charset);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** What to do about a byte that is not of it. */
    String remedy() {
        return isUtf8() && !declared
                ? "if the file is in Latin-1 or the like, write 'encoding: windows-1252' under 'file:' in the mapping"
                : "name the file's real encoding with 'encoding' under 'file:' in the mapping";
    }
}
