package org.offerstorm.tools.cli;

import java.io.IOException;
import org.offerstorm.tools.produce.BadInput;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.RecordReader;

/** Ends at the first place that would be skipped. */
final class StrictReader implements RecordReader {
    private final RecordReader reader;

    StrictReader(RecordReader reader) {
        this.reader = reader;
    }

    @Override
    public Input next() throws IOException {
        Input input = reader.next();
        if (input instanceof Input.Skipped skipped) {
            throw new BadInput("line " + skipped.line() + ": " + skipped.why() + " (--strict)");
        }
        return input;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
