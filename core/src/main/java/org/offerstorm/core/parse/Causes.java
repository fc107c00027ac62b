package org.offerstorm.core.parse;

import org.offerstorm.core.input.FileKind;

/** The likely cause of bytes that are not text: for the detail of a dead letter. Only refused records come here. Stateless. */
final class Causes {
    private static final int REGISTRY_HEAD = 5;
    private static final int GLUE_HEAD = 18;

    private Causes() {}

    /** What the value seems to be, after which it is refused as no UTF-8; null if nothing is known. */
    static String ofValue(byte[] value) {
        if (isOfSchemaRegistry(value)) {
            return "the value begins as a schema registry's serializer writes it (a zero byte, then the schema's number)"
                    + "; send the JSON alone, with the StringSerializer";
        }
        if (value.length > GLUE_HEAD && value[0] == 3 && (value[1] == 0 || value[1] == 5)) {
            return "the value begins as the serializer of AWS Glue's schema registry writes it"
                    + "; send the JSON alone, with the StringSerializer";
        }
        return FileKind.binary(value, value.length)
                .map(kind -> "the value looks like " + kind.what() + "; it must be JSON in UTF-8, uncompressed")
                .orElse(null);
    }

    /** Why a key may hold control characters; empty if nothing is known. */
    static String ofKey(byte[] key) {
        if (key[0] != 0 && key[0] != (byte) 0xFF) {
            return "";
        }
        if (key.length == Integer.BYTES || key.length == Long.BYTES) {
            return "; it seems to be a number in binary: send it as text, with the StringSerializer";
        }
        return isOfSchemaRegistry(key)
                ? "; it begins as a schema registry's serializer writes it: send the id alone, with the StringSerializer"
                : "";
    }

    /** A zero byte and four bytes of a number; not the zero bytes of wider characters. */
    private static boolean isOfSchemaRegistry(byte[] bytes) {
        if (bytes.length <= REGISTRY_HEAD || bytes[0] != 0) {
            return false;
        }
        boolean utf16 = bytes[1] != 0 && bytes[2] == 0 && bytes[3] != 0;
        boolean utf32 = bytes[1] == 0 && bytes[2] == 0 && bytes[3] != 0 && bytes[4] == 0 && bytes[5] == 0;
        boolean mark = bytes[1] == 0 && bytes[2] == (byte) 0xFE && bytes[3] == (byte) 0xFF;
        return !utf16 && !utf32 && !mark;
    }
}
