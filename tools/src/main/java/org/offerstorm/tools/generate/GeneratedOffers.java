package org.offerstorm.tools.generate;

import java.nio.charset.StandardCharsets;
import org.offerstorm.tools.generate.Event.Kind;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.RecordReader;

/** The first records of a generator as a producer takes them. One thread. */
public class GeneratedOffers implements RecordReader {
    private final OfferGenerator generator;
    private final long count;
    private final ExpectedCounts expected;
    private long line;

    /** @param expected given each event; null: nobody wants to know */
    public GeneratedOffers(OfferGenerator generator, long count, ExpectedCounts expected) {
        this.generator = generator;
        this.count = count;
        this.expected = expected;
    }

    @Override
    public Input.Item next() {
        if (line >= count) {
            return null;
        }
        Event event = generator.next();
        if (expected != null) {
            expected.add(event);
        }
        byte[] value = event.kind() == Kind.DELETION ? null : event.line().getBytes(StandardCharsets.UTF_8);
        return new Input.Item(event.id().getBytes(StandardCharsets.UTF_8), value, ++line);
    }

    @Override
    public void close() {}
}
