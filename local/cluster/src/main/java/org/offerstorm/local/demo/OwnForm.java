package org.offerstorm.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.InputFormat;
import org.offerstorm.tools.produce.InputSource;

/** Whether a file has offers as docs/input.md has them, so that it needs no mapping. */
final class OwnForm {
    /** Records at the start that are looked at. A few may be bad, as in any file. */
    private static final int LOOK = 50;

    private static final SourcePosition ANYWHERE = new SourcePosition(0, 0, 0);

    private OwnForm() {}

    /** Whether one of its first records is such an offer, or it has no records at all. */
    static boolean is(Path file) {
        OfferParser parser = new OfferParser();
        try (InputSource source = InputSource.open(file, InputFormat.AUTO)) {
            Input found = source.reader().next();
            if (found == null) {
                return true;
            }
            for (int i = 0; i < LOOK && found != null; i++) {
                if (found instanceof Input.Item item
                        && parser.parse(new SourceRecord(ANYWHERE, item.key(), item.value())) instanceof Accepted) {
                    return true;
                }
                found = source.reader().next();
            }
            return false;
        } catch (IOException e) {
            return false; // another header, an array, another encoding
        }
    }
}
