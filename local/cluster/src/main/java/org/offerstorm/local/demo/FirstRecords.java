package org.offerstorm.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.offerstorm.core.check.Failure;
import org.offerstorm.core.mapping.MappedParser;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.tools.mapping.BadMapping;
import org.offerstorm.tools.mapping.MappingFile;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.InputFormat;
import org.offerstorm.tools.produce.InputSource;

/** Refuses a file that gives no offers before the servers start, which takes a while. Stateless. */
public final class FirstRecords {
    /** A file may begin with bad records, as any file, but not with so many. */
    private static final int LOOK = 1_000;

    private static final int LONGEST_REFUSAL = 160;
    private static final Path NOTHING = Path.of("/dev/null");
    private static final SourcePosition ANYWHERE = new SourcePosition(0, 0, 0);

    private FirstRecords() {}

    /**
     * Requires records in a file and, if it has a mapping, an offer or a deletion among the first 1,000. Does nothing for a
     * pipe, which gives its content once.
     *
     * @param mapping as the option source.mapping has it
     * @throws Failure for the usage, if there are none, or the mapping or the file cannot be read
     */
    public static void require(Path offers, String mapping) {
        try {
            if (Files.isRegularFile(offers) || Files.isSameFile(offers, NOTHING)) {
                require(offers, mapping, MappingFile.of(mapping));
            }
        } catch (IOException | BadMapping e) {
            throw Failure.usage(e.getMessage() == null ? offers + " cannot be read: " + e : e.getMessage());
        }
    }

    private static void require(Path offers, String name, Mapping mapping) throws IOException {
        try (InputSource source = InputSource.open(offers, InputFormat.AUTO, mapping)) {
            Input found = source.reader().next();
            if (found == null) {
                throw Failure.usage(offers + " has no records");
            }
            if (mapping == null) {
                return; // it was looked at when no mapping was found to be needed
            }
            MappedParser parser = new MappedParser(mapping);
            String first = refusal(parser, found);
            String why = first;
            int looked = 0;
            while (why != null) {
                found = ++looked < LOOK ? source.reader().next() : null;
                if (found == null) {
                    throw Failure.usage(String.format(
                            Locale.ROOT,
                            "%s: the mapping %s finds no offer or deletion in %s%s; %s."
                                    + " Run ./offerstorm inspect %s: it shows the fields and proposes a mapping",
                            offers,
                            name,
                            looked == LOOK ? "the first " : "its ",
                            Shortfall.count(looked, "record"),
                            first,
                            offers));
                }
                why = refusal(parser, found);
            }
        }
    }

    /** Why a record is none, and where it is; null if it is one. */
    private static String refusal(MappedParser parser, Input found) {
        String line = "line " + found.line() + ": ";
        if (found instanceof Input.Skipped skipped) {
            return line + skipped.why();
        }
        Input.Item item = (Input.Item) found;
        return parser.parse(new SourceRecord(ANYWHERE, item.key(), item.value())) instanceof Rejected rejected
                ? line + rejected.reason().code() + ", " + PlainText.excerpt(rejected.detail(), LONGEST_REFUSAL)
                : null;
    }
}
