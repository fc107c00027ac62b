package org.offerstorm.tools.produce;

import java.io.IOException;
import java.io.InputStream;
import org.offerstorm.core.parse.Limits;

/**
 * One record a line: the line is the value, verbatim, and its id the key. The line {@code {"id":"…","deleted":true}} is
 * a deletion. Blank lines are no lines. A line without id is skipped, and so is one that no topic would take.
 */
final class NdjsonReader implements RecordReader {
    private final BoundedLines lines;
    private final LineId lineId = new LineId();

    NdjsonReader(InputStream in) {
        this.lines = new BoundedLines(in, Limits.DOCUMENT_BYTES);
    }

    @Override
    public Input next() throws IOException {
        while (lines.next()) {
            long number = lines.number();
            if (lines.isTooLong()) {
                return new Input.Skipped(number, "the line is longer than " + Limits.DOCUMENT_BYTES + " bytes");
            }
            if (lines.isBlank()) {
                continue;
            }
            lineId.read(lines.bytes(), lines.length());
            byte[] key = lineId.key();
            if (key == null && LineId.isWide(lines.bytes(), lines.length())) {
                return new Input.Skipped(
                        number, "no id: the line is UTF-16 or binary, not UTF-8; was it appended by another program?");
            }
            if (key == null) {
                return new Input.Skipped(
                        number, "no id: the line must be a JSON object with the offer's id, as {\"id\":\"…\",…}");
            }
            return new Input.Item(key, lineId.isDeletion() ? null : lines.copy(), number);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
