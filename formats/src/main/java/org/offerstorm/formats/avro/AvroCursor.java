package org.offerstorm.formats.avro;

import java.nio.charset.StandardCharsets;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.core.parse.Utf8;

/**
 * Reads Avro's primitive types from an array. Each length is compared with the bytes that are left before it is used. The
 * names of fields are for messages. One thread.
 */
final class AvroCursor {
    private static final int MOST_BYTES_OF_A_LONG = 10;

    private final byte[] bytes;
    private int at;

    AvroCursor(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    byte[] bytes() {
        return bytes;
    }

    int remaining() {
        return bytes.length - at;
    }

    /** Passes so many bytes, which must be there; returns where they begin. */
    int take(int length) {
        int from = at;
        at += length;
        return from;
    }

    /** @throws Refused if fewer bytes are left */
    void need(int length, String field) {
        if (length > remaining()) {
            throw bad("ends too early: " + length + " bytes needed, " + remaining() + " left", field);
        }
    }

    boolean bool(String field) {
        need(1, field);
        byte value = bytes[at++];
        if (value != 0 && value != 1) {
            throw bad("has " + value + " where 0 or 1 must be, true or false", field);
        }
        return value == 1;
    }

    int integer(String field) {
        long value = number(field);
        if (value != (int) value) {
            throw bad("has a number that is too large for its type", field);
        }
        return (int) value;
    }

    /** Zigzag, seven bits in a byte, the lowest first. */
    long number(String field) {
        long value = 0;
        for (int i = 0; i < MOST_BYTES_OF_A_LONG; i++) {
            need(1, field);
            long b = bytes[at++];
            if (i == MOST_BYTES_OF_A_LONG - 1 && (b & 0xFE) != 0) {
                break; // more than 64 bits
            }
            value |= (b & 0x7F) << (7 * i);
            if (b >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw bad("has a number of more than 64 bits", field);
    }

    /** Which of so many types or symbols. */
    int index(int count, String field) {
        long index = number(field);
        if (index < 0 || index >= count) {
            throw bad("has choice " + index + " of " + count, field);
        }
        return (int) index;
    }

    /** The length of bytes that follow, all of which are there. */
    int length(String field) {
        long length = number(field);
        if (length < 0 || length > remaining()) {
            throw bad("claims " + length + " bytes where " + remaining() + " are left", field);
        }
        return (int) length;
    }

    /** The same of a text, strict UTF-8. */
    int text(String field) {
        int length = length(field);
        int malformed = Utf8.firstMalformed(bytes, at, at + length);
        if (malformed >= 0) {
            throw new Refused(
                    Reason.BAD_UTF8, "a text is not UTF-8 at the value's byte " + malformed + AvroDecoder.at(field));
        }
        return length;
    }

    String mapKey(String field) {
        int length = text(field);
        if (length > Limits.FIELD_NAME_BYTES) {
            throw new Refused(
                    Reason.NAME_TOO_LONG,
                    "a map's key is longer than " + Limits.FIELD_NAME_BYTES + " bytes" + AvroDecoder.at(field));
        }
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    /** Items of the next block of an array or map; 0 at its end. */
    long blockCount(String field) {
        long count = number(field);
        if (count >= 0) {
            return count;
        }
        length(field); // of the block, for readers that skip it
        if (count == Long.MIN_VALUE) {
            throw bad("claims 2^63 items", field);
        }
        return -count;
    }

    float float32(String field) {
        need(Float.BYTES, field);
        int bits = 0;
        for (int i = 0; i < Float.BYTES; i++) {
            bits |= (bytes[at++] & 0xFF) << (8 * i);
        }
        return Float.intBitsToFloat(bits);
    }

    double float64(String field) {
        need(Double.BYTES, field);
        long bits = 0;
        for (int i = 0; i < Double.BYTES; i++) {
            bits |= (bytes[at++] & 0xFFL) << (8 * i);
        }
        return Double.longBitsToDouble(bits);
    }

    /** Eight bytes that are there. */
    long bigEndian() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    private Refused bad(String what, String field) {
        return new Refused(
                Reason.BAD_AVRO,
                "the record does not fit its schema: at byte " + at + " it " + what + AvroDecoder.at(field));
    }
}
