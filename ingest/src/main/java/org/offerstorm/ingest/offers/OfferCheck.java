package org.offerstorm.ingest.offers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.offerstorm.core.mapping.DataSet;
import org.offerstorm.core.mapping.MappedParser;
import org.offerstorm.core.mapping.Mapping;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.Keys;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.ParseResult;
import org.offerstorm.core.parse.ParseResult.Rejected;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.RecordParser;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.ingest.offers.CheckedItem.Sendable;
import org.offerstorm.ingest.offers.CheckedItem.Unfit;
import org.offerstorm.tools.produce.LineId;

/**
 * Judges items by the pipeline's own parser. Without a mapping, the object {@code {"id":"…","deleted":true}} is a deletion, as
 * it is to {@code produce}. One thread.
 */
public final class OfferCheck {
    /** The verdict does not depend on it. */
    private static final SourcePosition NOWHERE = new SourcePosition(0, 0, 0);
    /** For an item without id, so that the parser says what else it is; no item with this id gets here. */
    private static final byte[] NO_ID = {'?'};

    private final RecordParser parser;
    private final LineId lineId = new LineId();
    /** Null without a mapping. */
    private final MappedParser mapped;

    /** @throws IllegalArgumentException for the reason of {@link #problem} */
    public OfferCheck(DataSet data) {
        String problem = problem(data);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        parser = data.parser().create();
        mapped = data.mapping() == null ? null : new MappedParser(data.mapping());
    }

    /** Why offers of this data set cannot be taken one by one; null if they can. */
    public static String problem(DataSet data) {
        Mapping mapping = data.mapping();
        if (mapping == null) {
            return null;
        }
        if (!(mapping.value() instanceof ValueFormat.Json)) {
            return "source.mapping says that the topic's values are Avro; offers are taken over HTTP as JSON only";
        }
        if (!mapping.offer().containsKey(StandardField.ID)) {
            return "source.mapping has no rule for the id, which a record that comes alone needs; add one";
        }
        return null;
    }

    /** The verdict. */
    public CheckedItem check(Item item) {
        byte[] value = item.bytes();
        if (value.length > Limits.DOCUMENT_BYTES) {
            return new Unfit(
                    null,
                    item.line(),
                    Reason.TOO_LARGE,
                    "the item has " + value.length + " bytes; at most " + Limits.DOCUMENT_BYTES);
        }
        return mapped == null ? plain(item) : mapped(item);
    }

    /** The verdict on a deletion of this id. */
    public static CheckedItem deletion(String id) {
        return deletion(id.getBytes(StandardCharsets.UTF_8), 0);
    }

    private CheckedItem plain(Item item) {
        byte[] value = item.bytes();
        try {
            lineId.read(value, value.length);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory", e);
        }
        byte[] key = lineId.key();
        if (key == null) {
            Unfit unfit = unfit(null, item, parser.parse(new SourceRecord(NOWHERE, NO_ID, value)));
            return unfit.reason() == Reason.KEY_MISMATCH
                    ? new Unfit(null, item.line(), Reason.MISSING_FIELD, "id is missing")
                    : unfit;
        }
        return lineId.isDeletion() ? deletion(key, item.line()) : judge(item, key);
    }

    private CheckedItem mapped(Item item) {
        MappedParser.Keyed keyed = mapped.key(item.bytes());
        return keyed.rejected() != null
                ? unfit(null, item, keyed.rejected())
                : judge(item, keyed.id().getBytes(StandardCharsets.UTF_8));
    }

    private CheckedItem judge(Item item, byte[] key) {
        String id = new String(key, StandardCharsets.UTF_8);
        ParseResult result = parser.parse(new SourceRecord(NOWHERE, key, item.bytes()));
        return result instanceof Rejected ? unfit(id, item, result) : new Sendable(id, key, item.bytes());
    }

    private static CheckedItem deletion(byte[] key, int line) {
        try {
            return new Sendable(Keys.id(key), key, null);
        } catch (Refused e) {
            return new Unfit(null, line, e.reason(), PlainText.of(e.getMessage()));
        }
    }

    private static Unfit unfit(String id, Item item, ParseResult result) {
        return result instanceof Rejected rejected
                ? new Unfit(id, item.line(), rejected.reason(), PlainText.of(rejected.detail()))
                : new Unfit(id, item.line(), Reason.MISSING_FIELD, "id is missing");
    }
}
