package org.offerstorm.tools.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.offerstorm.core.input.DataSource;
import org.offerstorm.core.input.FileKind;
import org.offerstorm.core.text.PlainText;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads a file into YAML's nodes, which know their line and column. No object is ever made of them, an alias is refused
 * before it is followed, and size and depth are bounded: a hostile file costs no more than its length.
 */
public final class YamlFile {
    static final int MAX_BYTES = 256 << 10;
    private static final int MAX_DEPTH = 10;
    private static final Purpose CONFIGURATION = new Purpose(
            "configuration", "conf/offerstorm.yaml", "conf/offerstorm.yaml is one to copy", "three levels", MAX_BYTES);

    private final Origin file;
    private final Purpose purpose;

    private YamlFile(Origin file, Purpose purpose) {
        this.file = file;
        this.purpose = purpose;
    }

    /**
     * What the file is for, in messages.
     *
     * @param what for instance {@code configuration}
     * @param example path of one
     * @param missing what to do if there is no file
     * @param levels how deep one is
     * @param maxBytes longest file, in bytes
     */
    public record Purpose(String what, String example, String missing, String levels, int maxBytes) {}

    /** The file cannot be read, or is not YAML. */
    public static final class Unreadable extends Exception {
        private final transient Problem problem;

        Unreadable(Origin place, String message) {
            super(message);
            this.problem = new Problem(place, "", message);
        }

        public Problem problem() {
            return problem;
        }
    }

    /**
     * The file's one document, or null if it has none: an empty file, or comments alone.
     *
     * @param place names the file
     */
    public static Node read(Path path, Origin place) throws Unreadable {
        return read(path, place, CONFIGURATION);
    }

    /** The same for a file of another purpose. */
    public static Node read(Path path, Origin place, Purpose purpose) throws Unreadable {
        YamlFile file = new YamlFile(place, purpose);
        return file.node(file.bytes(path));
    }

    /** The same for what is no file. */
    public static Node parse(byte[] bytes, Origin place, Purpose purpose) throws Unreadable {
        return new YamlFile(place, purpose).node(bytes);
    }

    private Node node(byte[] bytes) throws Unreadable {
        String text = decode(bytes);
        checkEvents(text);
        return yaml().compose(new StringReader(text));
    }

    private byte[] bytes(Path path) throws Unreadable {
        if (Files.isDirectory(path)) {
            throw new Unreadable(file, "is a directory; name a file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(purpose.maxBytes() + 1);
        } catch (NoSuchFileException e) {
            throw new Unreadable(file, "no such file; " + purpose.missing());
        } catch (AccessDeniedException e) {
            throw new Unreadable(file, "may not be read; change its permissions");
        } catch (IOException e) {
            throw new Unreadable(file, "cannot be read: " + e.getMessage());
        }
        Optional<FileKind> foreign = FileKind.of(bytes).filter(kind -> !kind.isJson()); // YAML takes JSON
        if (foreign.isPresent()) {
            FileKind kind = foreign.get();
            throw new Unreadable(
                    file,
                    "is " + kind.what() + "; "
                            + (kind.isConvertible()
                                    ? kind.remedy(DataSource.file(path.toString()), "> new.yaml")
                                    : "a " + purpose.what() + " is text, as " + purpose.example()));
        }
        if (bytes.length > purpose.maxBytes()) {
            throw new Unreadable(
                    file, "is longer than " + (purpose.maxBytes() >> 10) + " KiB; is it a " + purpose.what() + "?");
        }
        return bytes;
    }

    private String decode(byte[] bytes) throws Unreadable {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new Unreadable(placeBehind(text), "is not UTF-8 from here on; save it as UTF-8");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private Origin placeBehind(String text) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        return file.at(line, text.codePointCount(text.lastIndexOf('\n') + 1, text.length()) + 1);
    }

    private void checkEvents(String text) throws Unreadable {
        try {
            int documents = 0;
            int depth = 0;
            for (Event event : yaml().parse(new StringReader(text))) {
                Origin at = file.at(event.getStartMark());
                if (event instanceof AliasEvent) {
                    throw new Unreadable(at, "aliases (*name) are not followed; write the value out");
                } else if (isTagged(event)) {
                    throw new Unreadable(at, "tags (!name) are not read; remove it");
                } else if (event instanceof DocumentStartEvent && ++documents > 1) {
                    throw new Unreadable(
                            at, "a second document begins; a " + purpose.what() + " is one, remove the '---'");
                } else if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                    throw new Unreadable(
                            at,
                            "nests deeper than " + MAX_DEPTH + "; the " + purpose.what() + " has " + purpose.levels());
                } else if (event instanceof CollectionEndEvent) {
                    depth--;
                }
            }
        } catch (ReaderException e) {
            throw new Unreadable(
                    placeBehind(text.substring(0, text.offsetByCodePoints(0, e.getPosition()))),
                    String.format(
                            Locale.ROOT, "the character U+%04X is not allowed in YAML; remove it", e.getCodePoint()));
        } catch (MarkedYAMLException e) {
            throw new Unreadable(file.at(e.getProblemMark()), explain(e));
        } catch (YAMLException e) {
            throw new Unreadable(file, "not YAML: " + e.getMessage());
        }
    }

    private static boolean isTagged(Event event) {
        return (event instanceof ScalarEvent scalar && scalar.getTag() != null)
                || (event instanceof CollectionStartEvent collection && collection.getTag() != null);
    }

    private static String explain(MarkedYAMLException e) {
        String problem = PlainText.firstLine(String.valueOf(e.getProblem()));
        if (problem.contains("\\t(TAB)")) {
            return "a tab is where YAML wants blanks; indent with blanks";
        }
        String context = e.getContext() == null
                ? ""
                : " " + e.getContext()
                        + (e.getContextMark() == null
                                ? ""
                                : " of line " + (e.getContextMark().getLine() + 1));
        return "not YAML: " + problem + context
                + "; look at the indentation, at brackets, and put a value with special characters in quotes";
    }

    private static Yaml yaml() {
        return new Yaml(new LoaderOptions());
    }
}
