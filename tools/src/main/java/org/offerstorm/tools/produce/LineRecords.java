package org.offerstorm.tools.produce;

import java.io.IOException;
import java.io.InputStream;
import org.offerstorm.core.parse.Limits;

/** One JSON object a line, verbatim. A line that is broken does not keep the others. Blank lines are not lines. */
final class LineRecords implements FileRecords {
    private final BoundedLines lines;
    private long number;

    /** @param in UTF-8, without a byte order mark */
    LineRecords(InputStream in) {
        this.lines = new BoundedLines(in, Limits.DOCUMENT_BYTES);
    }

    @Override
    public FileRecord next() throws IOException {
        while (lines.next()) {
            if (lines.isBlank()) {
                continue;
            }
            number++;
            if (lines.isTooLong()) {
                return unreadable("the line is longer than " + Limits.DOCUMENT_BYTES + " bytes");
            }
            if (LineId.isWide(lines.bytes(), lines.length())) {
                return unreadable("the line is UTF-16 or binary, not UTF-8; was it appended by another program?");
            }
            if (!beginsAsObject()) {
                return unreadable("the line is not a JSON object");
            }
            return new FileRecord.Value(lines.copy(), lines.number(), number);
        }
        return null;
    }

    private FileRecord unreadable(String why) {
        return new FileRecord.Unreadable(why, lines.number(), number);
    }

    private boolean beginsAsObject() {
        int i = 0;
        while (lines.bytes()[i] == ' ' || lines.bytes()[i] == '\t') {
            i++; // the line is not blank
        }
        return lines.bytes()[i] == '{';
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
