package org.offerstorm.tools.produce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.offerstorm.core.mapping.MappedParser;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.text.PlainText;

/**
 * The records of a data set, as they are, each with the id that its mapping finds as key. If the mapping has no rule for the id,
 * the record's number makes it, {@code row-1} for the first. A record whose id cannot be had is skipped; what else is wrong
 * with one is for the pipeline to refuse visibly. A record that the mapping calls a deletion is sent like the others.
 */
final class MappedReader implements RecordReader {
    private final RecordFile file;
    private final MappedParser parser;
    private final boolean numbered;

    /** @throws IllegalArgumentException if no record could be read by the mapping */
    MappedReader(RecordFile file, Mapping mapping) {
        this.file = file;
        this.parser = new MappedParser(mapping);
        this.numbered = !mapping.offer().containsKey(StandardField.ID);
    }

    @Override
    public Input next() throws IOException {
        FileRecord found = file.next();
        if (found == null) {
            return null;
        }
        if (found instanceof FileRecord.Unreadable unreadable) {
            return new Input.Skipped(found.line(), unreadable.why());
        }
        byte[] value = ((FileRecord.Value) found).json();
        if (numbered) {
            return new Input.Item(("row-" + found.number()).getBytes(StandardCharsets.UTF_8), value, found.line());
        }
        MappedParser.Keyed keyed = parser.key(value);
        if (keyed.rejected() != null) {
            return new Input.Skipped(
                    found.line(),
                    "no id: " + keyed.rejected().reason().code() + ", "
                            + PlainText.of(keyed.rejected().detail()));
        }
        return new Input.Item(keyed.id().getBytes(StandardCharsets.UTF_8), value, found.line());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
