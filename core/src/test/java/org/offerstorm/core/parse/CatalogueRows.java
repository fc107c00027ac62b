package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.offerstorm.core.parse.Cases.bytes;
import static org.offerstorm.core.parse.Cases.hex;
import static org.offerstorm.core.parse.Cases.json;
import static org.offerstorm.core.parse.Cases.offer;
import static org.offerstorm.core.parse.Cases.record;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;

/**
 * The catalogue of bad input, stage parse: one row a case, with its number there. Rows from 1001 on are our own. Rows
 * that are not the parser's affair (headers, topics, floods) are tested where they are. For the tests of the parser, and
 * of the topology around it.
 */
public final class CatalogueRows {
    private static final String E_ACUTE_NFC = "caf\u00e9";
    private static final String E_ACUTE_NFD = "cafe\u0301";

    private CatalogueRows() {}

    /**
     * One row.
     *
     * @param number in the catalogue; inputs of one row share it
     * @param input in a few words, or the input itself
     * @param verdict {@code upsert}, {@code delete}, or the code of the reason
     * @param check of the accepted offer; may be null
     */
    public record Row(int number, String input, SourceRecord record, String verdict, Consumer<Offer> check) {
        @Override
        public String toString() {
            return "row " + number + ": " + input + " -> " + verdict;
        }
    }

    /** All rows, in the catalogue's order. */
    public static Stream<Row> all() {
        List<Row> rows = new ArrayList<>();
        framing(rows);
        shape(rows);
        numbers(rows);
        datesAndText(rows);
        additions(rows);
        details(rows);
        return rows.stream();
    }

    private static void framing(List<Row> rows) {
        byte[] key = bytes("a1");
        add(rows, 1, "null value", record(key, null), "delete");
        add(rows, 2, "null value, null key", record(null, (byte[]) null), "key_missing");
        add(rows, 4, "zero bytes", record(key, new byte[0]), "empty_value");
        add(rows, 5, "four blanks", record("a1", "    "), "empty_value");
        add(rows, 5, "a line feed", record("a1", "\n"), "empty_value");
        add(rows, 7, "null key, valid value", record(null, bytes(json(""))), "key_missing");
        add(rows, 8, "empty key", record("", json("")), "key_empty");
        add(rows, 10, "key of 600 bytes", record("k".repeat(600), json("")), "key_too_long");
        add(rows, 11, "key FF FE 00", record(hex("FF FE 00"), bytes(json(""))), "key_bad_utf8");
        for (String id : List.of("../../etc", "a/b", "*", "id:*", "{!x}")) {
            add(rows, 13, "key " + id, record(id, "{\"id\":\"" + id + "\",\"name\":\"n\"}"), "upsert", o -> assertThat(
                            o.id())
                    .isEqualTo(id));
        }
        add(rows, 14, "byte order mark", record(key, bytes(0xEF, 0xBB, 0xBF, json(""))), "upsert");
        add(rows, 16, "UTF-32BE", record(key, json("").getBytes(Charset.forName("UTF-32BE"))), "bad_utf8");
        add(rows, 17, "Latin-1 byte", record(key, bytes("{\"id\":\"a1\",\"name\":\"caf", 0xE9, "\"}")), "bad_utf8");
        add(
                rows,
                19,
                "overlong C0 80",
                record(key, bytes("{\"id\":\"a1\",\"name\":\"", 0xC0, 0x80, "\"}")),
                "bad_utf8");
        add(
                rows,
                20,
                "encoded surrogate",
                record(key, bytes("{\"id\":\"a1\",\"name\":\"", 0xED, 0xA0, 0x80, "\"}")),
                "bad_utf8");
        add(
                rows,
                22,
                "cut in a code point",
                record(key, bytes("{\"id\":\"a1\",\"name\":\"", 0xF0, 0x9F, 0x98)),
                "bad_utf8");
        add(rows, 23, "lone surrogate escape", record("a1", "{\"id\":\"a1\",\"name\":\"\\ud800\"}"), "bad_text");
        add(rows, 25, "raw NUL in a text", record("a1", "{\"id\":\"a1\",\"name\":\"a\u0000\"}"), "bad_json");
        add(rows, 26, "gzip", record(key, hex("1F 8B 08 00 00 00 00 00 00 FF 01 02")), "bad_utf8");
        add(rows, 28, "Java serialization", record(key, hex("AC ED 00 05 73 72 00 11")), "bad_utf8");
        byte[] noise = new byte[1 << 20];
        new Random(29).nextBytes(noise);
        add(rows, 29, "1 MiB of noise", record(key, noise), "bad_utf8");
    }

    private static void shape(List<Row> rows) {
        add(rows, 34, "cut", record("a1", "{\"id\":\"a1\""), "bad_json");
        add(rows, 35, "two objects", record("a1", "{\"id\":\"a1\"}{\"id\":\"a2\"}"), "trailing_data");
        add(rows, 37, "name twice", record("a1", "{\"id\":\"a1\",\"name\":\"a\",\"name\":\"b\"}"), "duplicate_field");
        for (String value : List.of("[{\"id\":\"a1\"}]", "\"x\"", "42", "true")) {
            add(rows, 38, value, record("a1", value), "not_an_object");
        }
        for (String value : List.of(
                "{'id':'a1'}",
                "{\"id\":\"a1\",\"name\":\"n\",}",
                "{\"id\":\"a1\"/*c*/,\"name\":\"n\"}",
                "{id:\"a1\",\"name\":\"n\"}")) {
            add(rows, 40, value, record("a1", value), "bad_json");
        }
        add(rows, 41, "depth 900", offer("\"x\":" + "[".repeat(900) + "]".repeat(900)), "too_deep");
        StringBuilder million = new StringBuilder("\"first\":0");
        for (int i = 0; million.length() < 1_000_000; i++) {
            million.append(",\"f").append(Integer.toString(i, 36)).append("\":0");
        }
        add(rows, 43, "a million bytes of fields", offer(million.toString()), "too_many_tokens");
        add(rows, 44, "field name of 60,000", offer("\"" + "f".repeat(60_000) + "\":0"), "name_too_long");
        add(rows, 46, "5,000 names of equal hash", offer(collidingFields(5_000)), "upsert");
        add(rows, 47, "unknown fields", offer("\"salary\":1,\"x\":{\"id\":\"z\"}"), "upsert");
        add(rows, 49, "id 123 as the key", record("123", "{\"id\":123,\"name\":\"n\"}"), "upsert", o -> assertThat(
                        o.id())
                .isEqualTo("123"));
        add(rows, 49, "id 2^53", record("9007199254740992", "{\"id\":9007199254740992,\"name\":\"n\"}"), "upsert");
        add(rows, 49, "id 2^53+1", record("9007199254740993", "{\"id\":9007199254740993,\"name\":\"n\"}"), "bad_type");
        add(rows, 49, "id 123, another key", record("a1", "{\"id\":123,\"name\":\"n\"}"), "bad_type");
        add(rows, 49, "id 12.0", record("12.0", "{\"id\":12.0,\"name\":\"n\"}"), "bad_type");
        for (String id : List.of("null", "\"\"", "\"   \"")) {
            add(rows, 50, "id " + id, record("a1", "{\"id\":" + id + ",\"name\":\"n\"}"), "missing_field");
        }
        add(
                rows,
                52,
                "NFD against NFC",
                record(E_ACUTE_NFC, "{\"id\":\"" + E_ACUTE_NFD + "\",\"name\":\"n\"}"),
                "key_mismatch");
        add(
                rows,
                53,
                "__proto__",
                offer("\"__proto__\":{\"x\":1},\"constructor\":0,\"contract_type\":\"constructor\""),
                "upsert");
    }

    private static void numbers(List<Row> rows) {
        add(rows, 55, "NaN", at("NaN", "1"), "bad_json");
        add(rows, 55, "Infinity", at("Infinity", "1"), "bad_json");
        add(rows, 55, "-Infinity", at("-Infinity", "1"), "bad_json");
        add(rows, 56, "\"NaN\"", at("\"NaN\"", "1"), "bad_type");
        add(rows, 56, "\"12.5\"", at("\"12.5\"", "1"), "bad_type");
        add(rows, 58, "1e-400", at("1e-400", "1"), "upsert", o -> assertThat(bits(o.latitude()))
                .isZero());
        add(rows, 59, "-0.0", at("-0.0", "-0"), "upsert", o -> {
            assertThat(bits(o.latitude())).isZero();
            assertThat(bits(o.longitude())).isZero();
        });
        add(rows, 59, "-1e-400", at("-1e-400", "1"), "upsert", o -> assertThat(bits(o.latitude()))
                .isZero());
        add(rows, 61, "999 digits", at("1".repeat(999), "1"), "number_too_long");
        add(rows, 62, "1,001 digits", at("1".repeat(1001), "1"), "number_too_long");
        add(rows, 64, "90, 180", at("90", "180"), "upsert", o -> assertThat(o.longitude())
                .isEqualTo(180.0));
        add(rows, 64, "-90, -180", at("-90.0", "-180.0"), "upsert", o -> {
            assertThat(o.latitude()).isEqualTo(-90.0);
            assertThat(o.longitude()).isEqualTo(180.0);
        });
        add(rows, 65, "swapped", at("139.7", "35.6"), "out_of_range");
        add(rows, 67, "no coordinates", offer(""), "upsert", o -> assertThat(o.hasLocation())
                .isFalse());
        add(rows, 67, "null coordinates", at("null", "null"), "upsert", o -> assertThat(o.hasLocation())
                .isFalse());
        add(rows, 68, "null island", at("0", "0"), "upsert", o -> assertThat(o.hasLocation())
                .isTrue());
        for (String number : List.of("01", "+1", ".5", "5.", "0x1F")) {
            add(rows, 70, number, at(number, "1"), "bad_json");
        }
    }

    private static void datesAndText(List<Row> rows) {
        for (String date : List.of("0000-00-00", "", "yesterday")) {
            add(rows, 76, "date '" + date + "'", published(date), "bad_date");
        }
        for (String date : List.of(
                "0001-01-01T00:00:00Z",
                "0001-01-01",
                "9999-12-31T23:59:59Z",
                "9999-12-31",
                "+1000000-01-01",
                "+1000000-01-01T00:00:00Z")) {
            add(rows, 77, "date " + date, published(date), "date_out_of_range");
        }
        add(rows, 79, "leap second", published("2016-12-31T23:59:60Z"), "bad_date");
        add(rows, 80, "no zone", published("2026-01-01T00:00:00"), "bad_date");
        add(rows, 80, "+14:00", published("2026-01-01T14:00:00+14:00"), "upsert", o -> assertThat(o.publishedAtMillis())
                .isEqualTo(1_767_225_600_000L));
        add(rows, 80, "+25:00", published("2026-01-01T00:00:00+25:00"), "bad_date");
        for (String contract : List.of("../../../tmp/x", "a/b", "dt=2020-01-01")) {
            add(rows, 82, contract, offer("\"contract_type\":\"" + contract + "\""), "upsert", o -> assertThat(
                            o.contractType())
                    .isEqualTo(contract));
        }
        add(rows, 83, "unknown profession", offer("\"profession_id\":999999999"), "upsert");
        for (String title : List.of(
                "<script>alert(1)</script>",
                "<img src=x onerror=...>",
                "=HYPERLINK('http://x')",
                "+1",
                "@SUM",
                "-2+3",
                "\\tpadded",
                "\\r\\n2026-01-01 ERROR fake line",
                "a\u202Eb\u200Bc",
                "C1 \u0085 and \uFFFE \uFFFF",
                "\\u0085\\uffff",
                "t".repeat(900))) {
            add(
                    rows,
                    titleRow(title),
                    "title " + title,
                    record("a1", "{\"id\":\"a1\",\"name\":\"" + title + "\"}"),
                    "upsert");
        }
        add(rows, 91, "ANSI escape", record("a1", "{\"id\":\"a1\",\"name\":\"\\u001b[2J\"}"), "bad_text");
        add(rows, 94, "token of 40,000", offer("\"description\":\"" + "d".repeat(40_000) + "\""), "upsert");
        add(rows, 98, "javascript: address", offer("\"url\":\"javascript:alert(1)\""), "bad_value");
        add(rows, 104, "delete unknown", record("never-was".getBytes(UTF_8), null), "delete");
        add(
                rows,
                106,
                "timestamp in 2500",
                new SourceRecord(new SourcePosition(0, 0, 16_725_225_600_000L), bytes("a1"), bytes(json(""))),
                "upsert");
    }

    private static int titleRow(String title) {
        return title.startsWith("<")
                ? 86
                : title.contains("ERROR")
                        ? 89
                        : title.contains("\u202E")
                                ? 92
                                : title.startsWith("ttt")
                                        ? 94
                                        : title.contains("C1") || title.startsWith("\\u0085") ? 97 : 88;
    }

    /** What the catalogue lacks. */
    private static void additions(List<Row> rows) {
        byte[] key = bytes("a1");
        add(
                rows,
                1001,
                "key of 512 bytes",
                record("k".repeat(512), "{\"id\":\"" + "k".repeat(512) + "\",\"name\":\"n\"}"),
                "upsert");
        add(rows, 1002, "key of 513 bytes", record("k".repeat(513), json("")), "key_too_long");
        add(rows, 1003, "key of blanks", record("  ".getBytes(UTF_8), null), "key_empty");
        add(rows, 1004, "key with ESC, deletion", record("a\u001b".getBytes(UTF_8), null), "bad_text");
        add(rows, 1005, "key cut in a code point, deletion", record(hex("61 C3"), null), "key_bad_utf8");
        add(rows, 1006, "1 MiB + 1", record("a1", json("\"x\":\"" + "x".repeat(1 << 20) + "\"")), "too_large");
        add(rows, 1007, "exactly 1 MiB", record("a1", exactly(1 << 20)), "upsert");
        add(rows, 1008, "UTF-16LE", record(key, json("").getBytes(Charset.forName("UTF-16LE"))), "bad_utf8");
        add(rows, 1009, "UTF-16BE", record(key, json("").getBytes(Charset.forName("UTF-16BE"))), "bad_utf8");
        add(rows, 1010, "UTF-16 with mark", record(key, json("").getBytes(Charset.forName("UTF-16"))), "bad_utf8");
        add(rows, 1011, "only a byte order mark", record(key, hex("EF BB BF")), "empty_value");
        add(
                rows,
                1012,
                "two byte order marks",
                record(key, bytes(0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, json(""))),
                "bad_json");
        add(
                rows,
                1013,
                "overlong slash E0 80 AF",
                record(key, bytes("{\"id\":\"a1\",\"name\":\"", 0xE0, 0x80, 0xAF, "\"}")),
                "bad_utf8");
        add(
                rows,
                1014,
                "above U+10FFFF",
                record(key, bytes("{\"id\":\"a1\",\"name\":\"", 0xF4, 0x90, 0x80, 0x80, "\"}")),
                "bad_utf8");
        add(
                rows,
                1015,
                "U+10FFFF",
                record(key, bytes("{\"id\":\"a1\",\"name\":\"", 0xF4, 0x8F, 0xBF, 0xBF, "\"}")),
                "upsert");
        add(rows, 1016, "the literal null", record("a1", "null"), "not_an_object");
        add(rows, 1017, "Null, nul", record("a1", "nul"), "bad_json");
        add(rows, 1018, "trailing garbage", record("a1", json("") + " xyz"), "trailing_data");
        add(rows, 1019, "trailing NULs", record("a1", json("") + "\0\0"), "trailing_data");
        add(rows, 1020, "trailing white space", record("a1", json("") + " \r\n\t"), "upsert");
        add(rows, 1021, "trailing comma after it", record("a1", json("") + ","), "trailing_data");
        add(rows, 1022, "duplicate in a nested object", offer("\"x\":[{\"a\":1,\"a\":2}]"), "duplicate_field");
        add(rows, 1023, "same name in sibling objects", offer("\"x\":[{\"a\":1},{\"a\":2}],\"a\":{\"a\":0}"), "upsert");
        add(
                rows,
                1024,
                "duplicate by escape",
                record("a1", "{\"id\":\"a1\",\"name\":\"a\",\"n\\u0061me\":\"b\"}"),
                "duplicate_field");
        add(rows, 1025, "unknown field twice", offer("\"z\":1,\"z\":1"), "duplicate_field");
        add(rows, 1026, "depth 32", offer("\"x\":" + "[".repeat(31) + "]".repeat(31)), "upsert");
        add(rows, 1027, "depth 33", offer("\"x\":" + "[".repeat(32) + "]".repeat(32)), "too_deep");
        add(
                rows,
                1028,
                "depth 33 of objects",
                offer("\"x\":" + "{\"x\":".repeat(32) + "0" + "}".repeat(32)),
                "too_deep");
        // Braces and the two fields are 6 tokens, name and brackets of the array 3.
        add(rows, 1029, "20,000 tokens", offer("\"x\":[0" + ",0".repeat(19_990) + "]"), "upsert");
        add(rows, 1030, "20,001 tokens", offer("\"x\":[0" + ",0".repeat(19_991) + "]"), "too_many_tokens");
        add(rows, 1031, "field name of 256 bytes", offer("\"" + "é".repeat(128) + "\":0"), "upsert");
        add(rows, 1032, "field name of 258 bytes", offer("\"" + "é".repeat(129) + "\":0"), "name_too_long");
        add(
                rows,
                1033,
                "nested field name of 257 bytes",
                offer("\"x\":{\"" + "f".repeat(257) + "\":0}"),
                "name_too_long");
        add(rows, 1034, "number of 64 characters", at("1." + "1".repeat(62), "1"), "upsert");
        add(rows, 1035, "number of 65 characters", at("1." + "1".repeat(63), "1"), "number_too_long");
        add(rows, 1036, "long number in an unknown field", offer("\"x\":[-" + "1".repeat(64) + "]"), "number_too_long");
        add(rows, 1037, "1e400", at("1e400", "1"), "out_of_range");
        add(rows, 1038, "exponent of nine digits", at("1e999999999", "1"), "out_of_range");
        add(rows, 1039, "90.0000001", at("90.0000001", "1"), "out_of_range");
        add(rows, 1040, "longitude 180.5", at("1", "180.5"), "out_of_range");
        add(rows, 1041, "latitude alone", offer("\"office_latitude\":1"), "coordinates_incomplete");
        add(rows, 1042, "longitude null", at("1", "null"), "coordinates_incomplete");
        add(rows, 1043, "latitude true", at("true", "1"), "bad_type");
        add(rows, 1044, "latitude in an array", at("[48.8]", "1"), "bad_type");
        add(rows, 1045, "latitude \"\"", at("\"\"", "\"\""), "bad_type");
        add(rows, 1046, "profession \"7\"", offer("\"profession_id\":\"7\""), "bad_type");
        add(rows, 1047, "profession 7.0", offer("\"profession_id\":7.0"), "bad_type");
        add(rows, 1048, "profession of 20 digits", offer("\"profession_id\":99999999999999999999"), "out_of_range");
        add(rows, 1049, "profession -(2^63)", offer("\"profession_id\":-9223372036854775808"), "out_of_range");
        add(rows, 1050, "profession null", offer("\"profession_id\":null"), "upsert", o -> assertThat(o.hasProfession())
                .isFalse());
        add(rows, 1051, "name missing", record("a1", "{\"id\":\"a1\"}"), "missing_field");
        add(rows, 1052, "name of blanks", record("a1", "{\"id\":\"a1\",\"name\":\" \\t\\n\"}"), "missing_field");
        add(rows, 1053, "name an object", record("a1", "{\"id\":\"a1\",\"name\":{}}"), "bad_type");
        add(
                rows,
                1054,
                "name of 1,024 bytes",
                record("a1", "{\"id\":\"a1\",\"name\":\"" + "é".repeat(512) + "\"}"),
                "upsert");
        add(
                rows,
                1055,
                "name of 1,025 bytes",
                record("a1", "{\"id\":\"a1\",\"name\":\"" + "é".repeat(512) + "x\"}"),
                "text_too_long");
        add(
                rows,
                1056,
                "name of 1,028 bytes in emoji",
                record("a1", "{\"id\":\"a1\",\"name\":\"" + "😀".repeat(257) + "\"}"),
                "text_too_long");
        add(rows, 1057, "description of 64 KiB", offer("\"description\":\"" + "d".repeat(65_536) + "\""), "upsert");
        add(
                rows,
                1058,
                "description of 64 KiB + 1",
                offer("\"description\":\"" + "d".repeat(65_537) + "\""),
                "text_too_long");
        add(
                rows,
                1059,
                "contract of 257 bytes",
                offer("\"contract_type\":\"" + "c".repeat(257) + "\""),
                "text_too_long");
        add(rows, 1060, "company of 1,025 bytes", offer("\"company\":\"" + "c".repeat(1025) + "\""), "text_too_long");
        add(rows, 1061, "blank contract is none", offer("\"contract_type\":\" \",\"company\":\"\""), "upsert", o -> {
            assertThat(o.contractType()).isNull();
            assertThat(o.company()).isNull();
        });
        add(rows, 1062, "escaped NUL", offer("\"company\":\"\\u0000\""), "bad_text");
        add(rows, 1063, "low surrogate first", offer("\"company\":\"\\udc00\\ud800\""), "bad_text");
        add(rows, 1064, "escaped surrogate pair", offer("\"company\":\"\\ud83d\\ude00\""), "upsert", o -> assertThat(
                        o.company())
                .isEqualTo("😀"));
        add(rows, 1065, "lone surrogate in the id", record("a1", "{\"id\":\"\\ud800\",\"name\":\"n\"}"), "bad_text");
        add(rows, 1066, "lone surrogate in an unknown field", offer("\"x\":\"\\ud800\""), "upsert");
        add(rows, 1067, "id in another case", record("A1", json("")), "key_mismatch");
        add(rows, 1068, "id with a blank behind", record("a1", "{\"id\":\"a1 \",\"name\":\"n\"}"), "key_mismatch");
        add(rows, 1069, "id in an array", record("a1", "{\"id\":[\"a1\"],\"name\":\"n\"}"), "bad_type");
        add(rows, 1070, "no id, no fields", record("a1", "{}"), "missing_field");
        add(rows, 1071, "Id for id", record("a1", "{\"Id\":\"a1\",\"name\":\"n\"}"), "missing_field");
        add(rows, 1072, "bad escape in an unknown field", offer("\"x\":\"\\q\""), "bad_json");
        add(rows, 1073, "raw line feed in a text", offer("\"company\":\"a\nb\""), "bad_json");
        add(rows, 1074, "vertical tab between tokens", offer("\u000B\"x\":0"), "bad_json");
        add(rows, 1075, "no-break space between tokens", offer("\u00A0\"x\":0"), "bad_json");
        add(rows, 1076, "number as date", offer("\"published_at\":1767225600000"), "bad_type");
        add(rows, 1077, "30 February", published("2024-02-30T00:00:00Z"), "bad_date");
        add(rows, 1078, "29 February 2023", published("2023-02-29T00:00:00Z"), "bad_date");
        add(rows, 1079, "29 February 2024", published("2024-02-29T00:00:00Z"), "upsert");
        add(rows, 1080, "24:00", published("2024-02-29T24:00:00Z"), "bad_date");
        add(rows, 1081, "blank for T", published("2024-02-29 00:00:00Z"), "bad_date");
        add(rows, 1082, "region for a zone", published("2024-02-29T00:00:00[Europe/Paris]"), "bad_date");
        add(rows, 1083, "region after the zone", published("2024-02-29T00:00:00Z[UTC]"), "bad_date");
        add(rows, 1084, "ten digits of fraction", published("2024-02-29T00:00:00.1234567890Z"), "bad_date");
        add(rows, 1085, "other digits", published("٢٠٢٤-02-29T00:00:00Z"), "bad_date");
        add(rows, 1086, "first instant", published("2000-01-01T00:00:00Z"), "upsert");
        add(rows, 1087, "an hour before, by zone", published("2000-01-01T00:00:00+01:00"), "date_out_of_range");
        add(rows, 1088, "1999 by its zone", published("1999-12-31T23:30:00-01:00"), "upsert");
        add(rows, 1089, "last instant", published("2100-01-01T00:00:00Z"), "upsert");
        add(rows, 1090, "a second later", published("2100-01-01T00:00:01Z"), "date_out_of_range");
        add(rows, 1091, "date only", published("2024-02-29"), "bad_date");
        add(rows, 1092, "no seconds, short zone", published("2024-02-29T10:00+01"), "upsert", o -> assertThat(
                        o.publishedAtMillis())
                .isEqualTo(1_709_197_200_000L));
        add(rows, 1093, "+18:01", published("2024-02-29T10:00+18:01"), "bad_date");
        add(rows, 1094, "a hundred thousand brackets", record("a1", "{\"a\":" + "[".repeat(100_000)), "too_deep");
        add(rows, 1095, "CSV", record("a1", "7,FULL_TIME,name,1,2"), "bad_json");
        add(rows, 1096, "XML", record("a1", "<offer/>"), "bad_json");
        add(rows, 1097, "only a brace", record("a1", "{"), "bad_json");
        idsAndBlanks(rows);
        wholeValues(rows);
    }

    private static void idsAndBlanks(List<Row> rows) {
        add(rows, 1098, "tab in the id", record("a\tb", "{\"id\":\"a\\tb\",\"name\":\"n\"}"), "bad_text");
        add(rows, 1099, "line feed in the id", record("a\nb", "{\"id\":\"a\\nb\",\"name\":\"n\"}"), "bad_text");
        add(
                rows,
                1100,
                "carriage return at the id's end",
                record("a1\r", "{\"id\":\"a1\\r\",\"name\":\"n\"}"),
                "bad_text");
        for (String id : List.of("a\tb", "a1\n", "a\u007fb", "a\u0085b", "a\u2028b", "a\u2029b")) {
            add(rows, 1101, "deletion, control character in the id", record(bytes(id), null), "bad_text");
        }
        for (String id : List.of("\u00A0", "\u2003", "\u200B", "\uFEFF", "\u3164")) {
            String escape = String.format("\\u%04x", (int) id.charAt(0));
            add(rows, 1102, "deletion, key " + escape, record(bytes(id), null), "key_empty");
            add(rows, 1103, "key " + escape, record(id, "{\"id\":\"" + escape + "\",\"name\":\"n\"}"), "key_empty");
            add(
                    rows,
                    1104,
                    "id " + escape,
                    record("a1", "{\"id\":\"" + escape + "\",\"name\":\"n\"}"),
                    "missing_field");
        }
        for (String name : List.of(
                "\\u00a0",
                "\\u202f\\u2007",
                "\\u200b",
                "\\u200d",
                "\\ufeff",
                "\\u00ad",
                "\\u3164",
                "\\u115f\\u1160",
                "\\uffa0",
                "\\u2800",
                "\\u180e",
                "\\u2060 \\u00a0",
                "\\ufe0f",
                "\\udb40\\udc41",
                "\\u007f",
                "\\u0085")) {
            add(rows, 1105, "name " + name, record("a1", "{\"id\":\"a1\",\"name\":\"" + name + "\"}"), "missing_field");
        }
        for (String name :
                List.of("\\u00a0n", "n\\u200b", "\\u0301", "\\u0600", "\\ue000", "\\u00a1", "\\u2764\\ufe0f")) {
            add(rows, 1106, "name " + name, record("a1", "{\"id\":\"a1\",\"name\":\"" + name + "\"}"), "upsert");
        }
        add(
                rows,
                1107,
                "company of a no-break space is none",
                offer("\"company\":\"\u00A0\""),
                "upsert",
                o -> assertThat(o.company()).isNull());
        add(
                rows,
                1108,
                "text with no-break spaces stays",
                offer("\"company\":\"\u00A0Thé\u00A0\""),
                "upsert",
                o -> assertThat(o.company()).isEqualTo("\u00A0Thé\u00A0"));
        add(
                rows,
                1109,
                "id with a no-break space",
                record("a\u00A01", "{\"id\":\"a\u00A01\",\"name\":\"n\"}"),
                "upsert");
        add(
                rows,
                1110,
                "no-break space against blank",
                record("a 1", "{\"id\":\"a\u00A01\",\"name\":\"n\"}"),
                "key_mismatch");
    }

    /** What is not an object must be JSON, to be reported as such. */
    private static void wholeValues(List<Row> rows) {
        byte[] key = bytes("a1");
        add(rows, 1111, "a hundred thousand open brackets", record("a1", "[".repeat(100_000)), "too_deep");
        add(rows, 1112, "a hundred thousand arrays", record("a1", "[]".repeat(100_000)), "trailing_data");
        add(rows, 1113, "one open bracket", record("a1", "["), "bad_json");
        add(rows, 1114, "an array that is cut", record("a1", "[{\"id\":\"a1\",\"name\":\"n\"},{\"id\""), "bad_json");
        add(rows, 1115, "an array of 20,001 tokens", record("a1", "[0" + ",0".repeat(19_998) + "]"), "too_many_tokens");
        add(rows, 1116, "an array of 20,000 tokens", record("a1", "[0" + ",0".repeat(19_997) + "]"), "not_an_object");
        add(rows, 1117, "an array, a field twice", record("a1", "[{\"a\":1,\"a\":2}]"), "duplicate_field");
        add(rows, 1118, "a number of 65 characters", record("a1", "1".repeat(65)), "number_too_long");
        add(rows, 1119, "an array of offers", record("a1", "[" + json("") + "," + json("") + "]"), "not_an_object");
        add(rows, 1120, "a text, and more", record("a1", "\"a\" \"b\""), "trailing_data");
        byte[] avro = hex("00 00 00 00 07 04 61 31 02 6E 00");
        add(rows, 1121, "schema registry, JSON", record(key, bytes(0, 0, 0, 0, 7, json(""))), "bad_utf8");
        add(rows, 1122, "schema registry, Avro", record(key, avro), "bad_utf8");
        add(rows, 1123, "schema registry, id 300", record(key, bytes(0, 0, 0, 1, 0x2C, json(""))), "bad_utf8");
        add(
                rows,
                1124,
                "schema registry in the key",
                record(hex("00 00 00 00 07 04 61 31"), bytes(json(""))),
                "bad_text");
    }

    /** Fields that came with mappings. */
    private static void details(List<Row> rows) {
        int number = 1200;
        for (String[] row : new String[][] {
            {"\"category\":\"Tech\"", "upsert"},
            {"\"category\":\"Gardening\"", "upsert"},
            {"\"profession_id\":1,\"category\":\"Gardening\"", "upsert"},
            {"\"category\":7", "bad_type"},
            {"\"category\":\"" + "é".repeat(129) + "\"", "text_too_long"},
            {"\"category\":\"a\\u0007\"", "bad_text"},
            {"\"url\":\"HTTPS://example.org\"", "upsert"},
            {"\"url\":\"http://example.org:8080/a?b=c#d\"", "upsert"},
            {"\"url\":\"\u00a0\"", "upsert"},
            {"\"url\":\"https://\"", "bad_value"},
            {"\"url\":\"https:///path\"", "bad_value"},
            {"\"url\":\"https://:80/\"", "bad_value"},
            {"\"url\":\"https://user@example.org/\"", "bad_value"},
            {"\"url\":\"https://example.org/a@b\"", "upsert"},
            {"\"url\":\"https://exämple.org/é\"", "upsert"},
            {"\"url\":\"https://example.org/a b\"", "bad_value"},
            {"\"url\":\"https://example.org/\u200b\"", "bad_value"},
            {"\"url\":\"https://example.org/\\\"\"", "bad_value"},
            {"\"url\":\"/jobs/1\"", "bad_value"},
            {"\"url\":\"ftp://example.org/\"", "bad_value"},
            {"\"url\":\"https://example.org/" + "x".repeat(2048) + "\"", "text_too_long"},
            {"\"url\":[\"https://example.org\"]", "bad_type"},
            {"\"salary_min\":0,\"salary_max\":1e15", "upsert"},
            {"\"salary_min\":-0.0,\"salary_max\":-0.0", "upsert"},
            {"\"salary_min\":2,\"salary_max\":1", "out_of_range"},
            {"\"salary_min\":-1", "out_of_range"},
            {"\"salary_min\":\"1\"", "bad_type"},
            {"\"salary_max\":1e400", "out_of_range"},
            {"\"salary_max\":1000000000000001", "out_of_range"},
            {"\"salary_max\":true", "bad_type"},
            {"\"salary_currency\":\"eur\"", "upsert"},
            {"\"salary_currency\":\"EU\"", "bad_value"},
            {"\"salary_currency\":\" EUR\"", "bad_value"},
            {"\"salary_currency\":\"€UR\"", "bad_value"},
            {"\"salary_currency\":978", "bad_type"},
            {"\"salary_period\":\"HOUR\"", "upsert"},
            {"\"salary_period\":\"monthly\"", "bad_value"},
            {"\"salary_period\":1", "bad_type"},
            {"\"city\":\"Thouars\"", "upsert"},
            {"\"city\":{\"name\":\"Thouars\"}", "bad_type"},
            {"\"city\":\"" + "x".repeat(257) + "\"", "text_too_long"},
            {"\"country\":\"FR\"", "upsert"},
            {"\"country\":\"\\ud800\"", "bad_text"},
            {"\"country\":\"" + "x".repeat(257) + "\"", "text_too_long"},
            {"\"remote\":true", "upsert"},
            {"\"remote\":\"true\"", "bad_type"},
            {"\"remote\":1", "bad_type"},
            {"\"valid_through\":\"2199-12-31T23:59:59Z\"", "upsert"},
            {"\"valid_through\":\"2200-01-01T00:00:01Z\"", "date_out_of_range"},
            {"\"valid_through\":\"2026-01-01\"", "bad_date"},
            {"\"valid_through\":\" \"", "bad_date"},
            {"\"valid_through\":1767225600", "bad_type"},
            {"\"city\":\"a\",\"city\":\"b\"", "duplicate_field"},
            {"\"location\":\"any\"", "upsert"},
            {"\"url\":null,\"remote\":null,\"salary_min\":null,\"valid_through\":null", "upsert"},
        }) {
            add(rows, ++number, row[0], offer(row[0]), row[1]);
        }
    }

    private static void add(List<Row> rows, int number, String input, SourceRecord record, String verdict) {
        add(rows, number, input, record, verdict, null);
    }

    private static void add(
            List<Row> rows, int number, String input, SourceRecord record, String verdict, Consumer<Offer> check) {
        rows.add(new Row(number, input.length() > 60 ? input.substring(0, 60) + "…" : input, record, verdict, check));
    }

    private static SourceRecord at(String latitude, String longitude) {
        return offer("\"office_latitude\":" + latitude + ",\"office_longitude\":" + longitude);
    }

    private static SourceRecord published(String date) {
        return offer("\"published_at\":\"" + date + "\"");
    }

    private static long bits(double number) {
        return Double.doubleToRawLongBits(number);
    }

    private static String exactly(int bytes) {
        String empty = json("\"x\":\"\"");
        return json("\"x\":\"" + "x".repeat(bytes - empty.length()) + "\"");
    }

    /** Names made of the pairs Aa and BB, which have the same hash, as all names made of them have. */
    private static String collidingFields(int count) {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < count; i++) {
            fields.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 13; bit++) {
                fields.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            fields.append("\":0");
        }
        return fields.toString();
    }
}
