package org.offerstorm.core.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offerstorm.core.parse.Cases.bytes;
import static org.offerstorm.core.parse.Cases.hex;
import static org.offerstorm.core.parse.Cases.json;
import static org.offerstorm.core.parse.Cases.offer;
import static org.offerstorm.core.parse.Cases.record;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.ParseResult.Rejected;

/** The detail of a dead letter names the likely cause. */
class RefusalDetailsTest {
    private final OfferParser parser = new OfferParser();

    @ParameterizedTest
    @ValueSource(strings = {"00 00 00 00 07", "00 00 00 01 00", "00 00 00 01 2C", "00 00 01 86 A1"})
    void the_wire_format_of_a_schema_registry_is_named(String head) {
        String json = detail(record(bytes("a1"), join(hex(head), bytes(json("")))));
        assertThat(json).contains("schema registry", "StringSerializer").doesNotContain("UTF-16");
        byte[] avro = join(hex(head), hex("04 61 31 02 6E 9C 01 C3"));
        assertThat(detail(record(bytes("a1"), avro)))
                .as("not even UTF-8")
                .contains("schema registry")
                .doesNotContain("UTF-16");
    }

    @Test
    void a_key_in_binary_is_named() {
        assertThat(detail(record(hex("00 00 00 00 07 06 61 31 32"), null)))
                .contains("schema registry", "StringSerializer");
        assertThat(detail(record(hex("00 00 00 2A"), null))).contains("number in binary", "StringSerializer");
        assertThat(detail(record(hex("00 00 00 00 00 00 00 2A"), null))).contains("number in binary");
        assertThat(detail(record(hex("61 1B"), null))).contains("U+001B").doesNotContain("number in binary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void wide_encodings_are_still_named(String charset) {
        assertThat(detail(record(bytes("a1"), json("").getBytes(Charset.forName(charset)))))
                .contains(charset.substring(0, 6))
                .doesNotContain("schema registry");
    }

    @ParameterizedTest
    @CsvSource({
        "1F 8B 08 00 00 00 00 00 00 FF 01 02, gzip",
        "28 B5 2F FD 04 58 C9 00, zstd",
        "AC ED 00 05 73 72 00 11, Java",
        "04 22 4D 18 64 40 A7, lz4",
        "03 05 C3 28 90 C3 28 90 C3 28 90 C3 28 90 C3 28 90 90 7B C3, schema registry",
        "4F 62 6A 01 04 16 C3 28, Avro"
    })
    void other_serializations_are_named(String value, String cause) {
        assertThat(detail(record(bytes("a1"), hex(value)))).contains(cause);
    }

    @Test
    void latin_letters_are_named_as_such() {
        assertThat(detail(record(bytes("a1"), bytes("{\"id\":\"a1\",\"name\":\"caf", 0xE9, "\"}"))))
                .isEqualTo("the value is not UTF-8 at its byte 22");
    }

    @Test
    void what_is_not_an_object_is_named() {
        assertThat(detail(record("a1", "[".repeat(100_000)))).isEqualTo("nested deeper than 32");
        assertThat(detail(record("a1", "[" + json("") + "]")))
                .isEqualTo("the value is an array, not an object; send each offer as one record");
        assertThat(detail(record("a1", "\"" + json("").replace("\"", "\\\"") + "\"")))
                .isEqualTo("the value is a text that holds JSON: it was serialized twice; send the object itself");
        assertThat(detail(record("a1", "\"a\""))).isEqualTo("the value is a text, not an object");
        assertThat(detail(record("a1", "null")))
                .isEqualTo("the value is the word null, not an object; a deletion has no value at all");
    }

    @Test
    void a_control_character_in_an_id_is_named() {
        assertThat(detail(record("a\tb", json(""))))
                .isEqualTo("the key holds the control character U+0009; an id is text on one line");
        assertThat(detail(record("a\u2028b", json("")))).contains("U+2028");
    }

    @Test
    void a_number_that_was_written_as_text_is_named() {
        assertThat(detail(offer("\"office_latitude\":\"48,85\",\"office_longitude\":2")))
                .isEqualTo("office_latitude is a text; it must be a number, with a decimal point");
        assertThat(detail(offer("\"profession_id\":\"7\"")))
                .isEqualTo("profession_id is a text; it must be an integer, without quotes");
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private String detail(SourceRecord record) {
        return ((Rejected) parser.parse(record)).detail();
    }
}
