package org.offerstorm.core.parse;

/** Limits of a record. Each is generous for an offer, and bounds what one record can cost. docs/input.md lists them. */
public final class Limits {
    /** Longest key, bytes. */
    public static final int KEY_BYTES = 512;
    /** Longest value, bytes: 1 MiB. */
    public static final int DOCUMENT_BYTES = 1 << 20;
    /** Deepest nesting of objects and arrays; the offer itself is at depth 1. */
    public static final int DEPTH = 32;
    /** Most JSON tokens: names, values, and the brackets of objects and arrays, each counting one. */
    public static final int TOKENS = 20_000;
    /** Longest name of a JSON field, bytes of UTF-8. */
    public static final int FIELD_NAME_BYTES = 256;
    /** Longest number as written, with sign, point and exponent. */
    public static final int NUMBER_CHARACTERS = 64;
    /** Longest field {@code name}, bytes of UTF-8: 1 KiB. */
    public static final int NAME_BYTES = 1024;
    /** Longest field {@code contract_type}, bytes of UTF-8. */
    public static final int CONTRACT_TYPE_BYTES = 256;
    /** Longest field {@code company}, bytes of UTF-8: 1 KiB. */
    public static final int COMPANY_BYTES = 1024;
    /** Longest field {@code description}, bytes of UTF-8: 64 KiB. */
    public static final int DESCRIPTION_BYTES = 64 * 1024;
    /** Longest field {@code category}, bytes of UTF-8. */
    public static final int CATEGORY_BYTES = 256;
    /** Longest field {@code url}, bytes of UTF-8: 2 KiB. */
    public static final int URL_BYTES = 2048;
    /** Longest field {@code city} or {@code country}, bytes of UTF-8. */
    public static final int PLACE_BYTES = 256;
    /** Largest salary, in any currency: 10^15. */
    public static final double SALARY = 1e15;
    /** Longest text of a further field, bytes of UTF-8: 64 KiB. */
    public static final int FURTHER_TEXT_BYTES = 64 * 1024;
    /** Longest keyword of a further field, bytes of UTF-8. */
    public static final int KEYWORD_BYTES = 256;
    /** Most keywords of one further field. */
    public static final int KEYWORDS = 100;
    /** Largest magnitude of an id that is written as a number: every integer up to it survives a double. */
    public static final long INTEGER = 1L << 53;

    private Limits() {}
}
