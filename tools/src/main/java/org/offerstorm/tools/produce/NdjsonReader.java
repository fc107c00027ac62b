package org.offerstorm.tools.produce;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.offerstorm.core.parse.Limits;

/**
 * One record a line: the line is the value, verbatim, and its id the key. The line {@code {"id":"…","deleted":true}} is
 * a deletion. Blank lines are no lines. A line without id is skipped, and so is one that no topic would take.
 */
final class NdjsonReader implements RecordReader {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final LineId lineId = new LineId();
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    private byte[] line = new byte[4096];
    private int length;
    private boolean tooLong;
    private long number;

    NdjsonReader(InputStream in) {
        this.in = in;
    }

    @Override
    public Input next() throws IOException {
        while (readLine()) {
            if (tooLong) {
                return new Input.Skipped(number, "the line is longer than " + Limits.DOCUMENT_BYTES + " bytes");
            }
            if (isBlank()) {
                continue;
            }
            lineId.read(line, length);
            byte[] key = lineId.key();
            if (key == null && LineId.isWide(line, length)) {
                return new Input.Skipped(
                        number, "no id: the line is UTF-16 or binary, not UTF-8; was it appended by another program?");
            }
            if (key == null) {
                return new Input.Skipped(
                        number, "no id: the line must be a JSON object with the offer's id, as {\"id\":\"…\",…}");
            }
            return new Input.Item(key, lineId.isDeletion() ? null : Arrays.copyOf(line, length), number);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads a line without its end, LF or CRLF; false at the end of the file. */
    private boolean readLine() throws IOException {
        length = 0;
        tooLong = false;
        boolean any = false;
        while (true) {
            if (at == end) {
                end = Math.max(in.read(buffer, 0, BUFFER), 0);
                at = 0;
                if (end == 0) {
                    break;
                }
            }
            any = true;
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            append(stop - at);
            at = stop;
            if (at < end) {
                at++;
                break;
            }
        }
        if (any) {
            number++;
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            tooLong |= length > Limits.DOCUMENT_BYTES;
        }
        return any;
    }

    private void append(int n) {
        // One byte more for a carriage return.
        if (tooLong || length + n > Limits.DOCUMENT_BYTES + 1) {
            tooLong = true;
            return;
        }
        if (length + n > line.length) {
            line = Arrays.copyOf(line, Math.max(length + n, 2 * line.length));
        }
        System.arraycopy(buffer, at, line, length, n);
        length += n;
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return true;
    }
}
