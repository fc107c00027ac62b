package org.offerstorm.core.parse;

import java.util.Locale;

/** Why a record is not an offer. The codes are an interface: they are in dead letters, metrics and docs/input.md. */
public enum Reason {
    /** The record has no key; without one, corrections of an offer have no order. */
    KEY_MISSING,
    /** The key has no bytes, or only blanks. */
    KEY_EMPTY,
    /** The key has more than {@value Limits#KEY_BYTES} bytes. */
    KEY_TOO_LONG,
    /** The key is not strict UTF-8. */
    KEY_BAD_UTF8,
    /** The value has more than {@value Limits#DOCUMENT_BYTES} bytes. */
    TOO_LARGE,
    /** The value is there but has no bytes, or only white space; a deletion has a null value. */
    EMPTY_VALUE,
    /** The value is not strict UTF-8: another encoding, compressed, overlong forms, encoded surrogates, cut. */
    BAD_UTF8,
    /** The value is not JSON by RFC 8259. */
    BAD_JSON,
    /** The value is not Avro as a schema registry's serializer writes it, or the registry does not know its schema. */
    BAD_AVRO,
    /** Something follows the JSON object or the Avro record. */
    TRAILING_DATA,
    /** An object, at any depth, has a field twice. */
    DUPLICATE_FIELD,
    /** The value is an array, a text, a number, true, false or null. */
    NOT_AN_OBJECT,
    /** Arrays and objects are nested deeper than {@value Limits#DEPTH}. */
    TOO_DEEP,
    /** The document has more than {@value Limits#TOKENS} tokens. */
    TOO_MANY_TOKENS,
    /** A field's name, at any depth, has more than {@value Limits#FIELD_NAME_BYTES} bytes. */
    NAME_TOO_LONG,
    /** A number, in any field, has more than {@value Limits#NUMBER_CHARACTERS} characters. */
    NUMBER_TOO_LONG,
    /** A field has a value of the wrong JSON type. */
    BAD_TYPE,
    /** A required field is absent, null or blank. */
    MISSING_FIELD,
    /** The field id is not the record's key, byte for byte. */
    KEY_MISMATCH,
    /** A text holds a C0 control character other than tab, line feed and carriage return, or half a surrogate pair. */
    BAD_TEXT,
    /** A text has more bytes of UTF-8 than its field may have. */
    TEXT_TOO_LONG,
    /** A text is none of those that its field may have, such as an address or the name of a period. */
    BAD_VALUE,
    /** A number is outside its field's range, or a salary's least above its most. */
    OUT_OF_RANGE,
    /** One coordinate is there, the other is not. */
    COORDINATES_INCOMPLETE,
    /** A date is not ISO 8601 with date, time and zone. */
    BAD_DATE,
    /** A date is outside the years that its field may have. */
    DATE_OUT_OF_RANGE,
    /** The parser itself failed on the record: a bug, to be reported with the record. */
    PARSER_FAILED;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** Machine-readable code, for instance {@code bad_json}. */
    public String code() {
        return code;
    }
}
