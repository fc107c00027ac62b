package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;

/** Records for the tests of the parser, and its verdict as a short text. */
final class Cases {
    private Cases() {}

    static SourceRecord record(byte[] key, byte[] value) {
        return new SourceRecord(new SourcePosition(3, 42, -1), key, value);
    }

    static SourceRecord record(String key, String value) {
        return record(key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /** An offer a1 with these further fields, written as JSON. */
    static SourceRecord offer(String fields) {
        return record("a1", json(fields));
    }

    static String json(String fields) {
        return "{\"id\":\"a1\",\"name\":\"n\"" + (fields.isEmpty() ? "" : ",") + fields + "}";
    }

    /** Bytes from text and hexadecimal numbers: {@code bytes("{\"id\":\"", 0xC0, 0x80, "\"}")}. */
    static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer one) {
                out.write(one);
            } else {
                out.writeBytes(((String) part).getBytes(UTF_8));
            }
        }
        return out.toByteArray();
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** {@code upsert}, {@code delete}, or the code of the reason. */
    static String verdict(ParseResult result) {
        if (result instanceof Rejected rejected) {
            return rejected.reason().code();
        }
        return ((Accepted) result).change() instanceof Upsert ? "upsert" : "delete";
    }

    static Offer offerOf(ParseResult result) {
        return ((Upsert) ((Accepted) result).change()).offer();
    }
}
