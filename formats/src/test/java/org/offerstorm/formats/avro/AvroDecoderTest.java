package org.offerstorm.formats.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.mapping.Node;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.core.parse.Reason;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.formats.testing.RegistryStub;

class AvroDecoderTest {
    private final AvroDecoder decoder = new AvroDecoder();

    @Test
    void plain_types_are_what_they_say() {
        assertThat(read("\"string\"", "Développeur")).isEqualTo(Node.of("Développeur"));
        assertThat(read("\"int\"", -5)).isEqualTo(Node.of(-5));
        assertThat(read("\"long\"", Long.MIN_VALUE)).isEqualTo(Node.of(Long.MIN_VALUE));
        assertThat(read("\"long\"", Long.MAX_VALUE)).isEqualTo(Node.of(Long.MAX_VALUE));
        assertThat(read("\"double\"", 48.8566)).isEqualTo(new Node.Num("48.8566"));
        assertThat(read("\"float\"", 48.86f)).isEqualTo(new Node.Num("48.86"));
        assertThat(read("\"double\"", Double.NaN)).isEqualTo(Node.of("NaN"));
        assertThat(read("\"float\"", Float.NEGATIVE_INFINITY)).isEqualTo(Node.of("-Infinity"));
        assertThat(read("\"boolean\"", true)).isEqualTo(Node.TRUE);
        assertThat(read("\"null\"", null)).isNull();
    }

    @Test
    void an_enum_is_a_text_and_a_union_is_the_value_that_it_holds() {
        String kind = "{\"type\":\"enum\",\"name\":\"K\",\"symbols\":[\"CDI\",\"CDD\"]}";
        assertThat(read(kind, new GenericData.EnumSymbol(RegistryStub.schema(kind), "CDD")))
                .isEqualTo(Node.of("CDD"));
        assertThat(read("[\"null\",\"string\"]", "x")).isEqualTo(Node.of("x"));
        assertThat(read("[\"null\",\"string\"]", null)).isNull();
        assertThat(read("[\"int\",\"string\"]", 7)).isEqualTo(Node.of(7));
    }

    @Test
    void arrays_maps_and_records_are_arrays_and_objects() {
        assertThat(read("{\"type\":\"array\",\"items\":\"string\"}", List.of("a", "b")))
                .isEqualTo(new Node.Items(List.of(Node.of("a"), Node.of("b"))));
        assertThat(read("{\"type\":\"map\",\"values\":\"int\"}", Map.of("a", 1)))
                .isEqualTo(new Node.Fields(Map.of("a", Node.of(1))));
        String inner = "{\"type\":\"record\",\"name\":\"Place\",\"fields\":[{\"name\":\"city\",\"type\":\"string\"}]}";
        GenericRecord place = new GenericData.Record(RegistryStub.schema(inner));
        place.put("city", "Lyon");
        assertThat(read(inner, place)).isEqualTo(new Node.Fields(Map.of("city", Node.of("Lyon"))));
    }

    /** The values in the column are those that Avro's specification defines: counted from 1970 in the type's unit. */
    @ParameterizedTest
    @CsvSource({
        "long, timestamp-millis, 1767225600123, 2026-01-01T00:00:00.123Z",
        "long, timestamp-millis, -1, 1969-12-31T23:59:59.999Z",
        "long, timestamp-micros, 1767225600123456, 2026-01-01T00:00:00.123456Z",
        "long, timestamp-nanos, 1767225600123456789, 2026-01-01T00:00:00.123456789Z",
        "long, local-timestamp-millis, 1767225600000, 2026-01-01T00:00",
        "long, local-timestamp-micros, 1767225601000000, 2026-01-01T00:00:01",
        "long, local-timestamp-nanos, 1767225601000000000, 2026-01-01T00:00:01",
        "long, time-micros, 34200000001, 09:30:00.000001",
    })
    void times_are_texts_in_iso_8601(String type, String logical, long value, String text) {
        assertThat(read("{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}", value))
                .isEqualTo(Node.of(text));
    }

    @Test
    void dates_and_times_of_the_day_are_texts_too() {
        assertThat(read("{\"type\":\"int\",\"logicalType\":\"date\"}", 20454)).isEqualTo(Node.of("2026-01-01"));
        assertThat(read("{\"type\":\"int\",\"logicalType\":\"time-millis\"}", 34_200_000))
                .isEqualTo(Node.of("09:30"));
        assertThat(refused("{\"type\":\"int\",\"logicalType\":\"time-millis\"}", 86_400_000)
                        .reason())
                .isEqualTo(Reason.BAD_AVRO);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void no_moment_is_too_far(long value) {
        for (String unit : List.of("millis", "micros", "nanos")) {
            for (String kind : List.of("timestamp-", "local-timestamp-")) {
                assertThat(read("{\"type\":\"long\",\"logicalType\":\"" + kind + unit + "\"}", value))
                        .isInstanceOf(Node.Text.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.00", "-0.01", "52000.00", "-123456789012345678901234567890.12", "99.99"})
    void decimals_are_exact_numbers(String number) {
        String bytes = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":40,\"scale\":2}";
        String fixed =
                "{\"type\":\"fixed\",\"name\":\"D\",\"size\":64,\"logicalType\":\"decimal\",\"precision\":40,\"scale\":2}";
        Schema ofBytes = RegistryStub.schema(bytes);
        Schema ofFixed = RegistryStub.schema(fixed);
        Conversions.DecimalConversion conversion = new Conversions.DecimalConversion();

        assertThat(read(bytes, conversion.toBytes(new BigDecimal(number), ofBytes, ofBytes.getLogicalType())))
                .isEqualTo(new Node.Num(number));
        assertThat(read(fixed, conversion.toFixed(new BigDecimal(number), ofFixed, ofFixed.getLogicalType())))
                .isEqualTo(new Node.Num(number));
    }

    @Test
    void a_decimal_of_many_digits_or_of_none_is_refused() {
        String decimal = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9000,\"scale\":2}";
        byte[] many = new byte[1_000_000];
        many[0] = 1;

        assertThat(refused(decimal, ByteBuffer.wrap(many)).reason()).isEqualTo(Reason.NUMBER_TOO_LONG);
        assertThat(refused(decimal, ByteBuffer.allocate(0)).reason()).isEqualTo(Reason.BAD_AVRO);
        assertThat(refused(decimal.replace("\"scale\":2", "\"scale\":9000"), ByteBuffer.wrap(new byte[] {1}))
                        .reason())
                .isEqualTo(Reason.NUMBER_TOO_LONG);
    }

    @Test
    void a_uuid_is_a_text_and_other_bytes_are_their_number() {
        String uuid = "6f1e7c2a-0b1d-4c8e-9f10-a1b2c3d4e5f6";
        assertThat(read("{\"type\":\"string\",\"logicalType\":\"uuid\"}", uuid)).isEqualTo(Node.of(uuid));
        String fixed = "{\"type\":\"fixed\",\"name\":\"U\",\"size\":16,\"logicalType\":\"uuid\"}";
        byte[] bits = ByteBuffer.allocate(16)
                .putLong(0x6f1e7c2a0b1d4c8eL)
                .putLong(0x9f10a1b2c3d4e5f6L)
                .array();
        assertThat(read(fixed, new GenericData.Fixed(RegistryStub.schema(fixed), bits)))
                .isEqualTo(Node.of(uuid));
        assertThat(read("\"bytes\"", ByteBuffer.wrap(new byte[12])))
                .isEqualTo(new Node.Fields(Map.of("bytes", Node.of(12))));
    }

    @Test
    void blocks_with_sizes_and_several_blocks_are_one_array() {
        byte[] blocks = {3, 4, 2, 4, 2, 6, 0}; // -2 items in 2 bytes: 1, 2; then 1 item: 3

        assertThat(readBytes("{\"type\":\"array\",\"items\":\"int\"}", blocks))
                .isEqualTo(new Node.Items(List.of(Node.of(1), Node.of(2), Node.of(3))));
    }

    @Test
    void lengths_and_counts_that_claim_more_than_there_is_are_refused_before_anything_is_allocated() {
        byte[] gigabytes = {-2, -1, -1, -1, 15}; // 2^31 - 1
        byte[] all = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1}; // -2^63

        for (byte[] claim : List.of(gigabytes, all, new byte[] {1})) {
            assertThat(refusedBytes("\"string\"", claim).reason()).isEqualTo(Reason.BAD_AVRO);
            assertThat(refusedBytes("\"bytes\"", claim).reason()).isEqualTo(Reason.BAD_AVRO);
        }
        for (String item : List.of("\"null\"", "\"long\"", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}")) {
            String array = "{\"type\":\"array\",\"items\":" + item + "}";
            assertThat(refusedBytes(array, gigabytes).reason()).isEqualTo(Reason.TOO_MANY_TOKENS);
            assertThat(refusedBytes(array, join(all, new byte[] {0})).reason()).isEqualTo(Reason.BAD_AVRO);
        }
        assertThat(refusedBytes("{\"type\":\"map\",\"values\":\"null\"}", gigabytes)
                        .reason())
                .isEqualTo(Reason.TOO_MANY_TOKENS);
        assertThat(refusedBytes("{\"type\":\"fixed\",\"name\":\"F\",\"size\":2000000000}", new byte[8])
                        .reason())
                .isEqualTo(Reason.BAD_AVRO);
    }

    @Test
    void many_small_blocks_are_bounded_too() {
        byte[] blocks = new byte[2 * Limits.TOKENS + 2];
        Arrays.fill(blocks, (byte) 2); // blocks of one item
        String nulls = "{\"type\":\"array\",\"items\":\"null\"}";

        assertThat(refusedBytes(nulls, blocks).reason()).isEqualTo(Reason.TOO_MANY_TOKENS);
    }

    @Test
    void a_record_in_itself_ends_at_the_depth_that_json_may_have() {
        String endless = "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"a\",\"type\":\"A\"}]}";
        String list = "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}";
        byte[] deepest = new byte[Limits.DEPTH - 1]; // with the outer record, one object less than the limit
        Arrays.fill(deepest, (byte) 2);
        deepest[deepest.length - 1] = 0;
        byte[] deeper = new byte[Limits.DEPTH + 1];
        Arrays.fill(deeper, (byte) 2);

        assertThat(refusedBytes(endless, new byte[0]).reason()).isEqualTo(Reason.TOO_DEEP);
        assertThat(readBytes(list, deepest)).isInstanceOf(Node.Fields.class);
        assertThat(refusedBytes(list, deeper).reason()).isEqualTo(Reason.TOO_DEEP);
    }

    @Test
    void a_text_that_is_not_utf_8_is_refused_also_as_a_maps_key() {
        assertThat(refusedBytes("\"string\"", new byte[] {4, (byte) 0xC3, 0x28}).reason())
                .isEqualTo(Reason.BAD_UTF8);
        assertThat(refusedBytes("{\"type\":\"map\",\"values\":\"null\"}", new byte[] {2, 2, (byte) 0xFF, 0})
                        .reason())
                .isEqualTo(Reason.BAD_UTF8);
    }

    @Test
    void what_does_not_fit_its_type_is_refused() {
        assertThat(refusedBytes("\"boolean\"", new byte[] {2}).reason()).isEqualTo(Reason.BAD_AVRO);
        assertThat(refusedBytes("\"int\"", new byte[] {-2, -1, -1, -1, 31}).reason())
                .isEqualTo(Reason.BAD_AVRO);
        byte[] elevenBytes = new byte[11];
        Arrays.fill(elevenBytes, (byte) 0x80);
        assertThat(refusedBytes("\"long\"", elevenBytes).reason()).isEqualTo(Reason.BAD_AVRO);
        assertThat(refusedBytes("[\"null\",\"int\"]", new byte[] {4}).reason()).isEqualTo(Reason.BAD_AVRO);
        assertThat(refusedBytes("[\"null\",\"int\"]", new byte[] {1}).reason()).isEqualTo(Reason.BAD_AVRO);
        assertThat(refusedBytes("{\"type\":\"enum\",\"name\":\"K\",\"symbols\":[\"A\"]}", new byte[] {2})
                        .reason())
                .isEqualTo(Reason.BAD_AVRO);
        assertThat(refusedBytes("\"double\"", new byte[7]).getMessage())
                .contains("at byte 0", "8 bytes needed, 7 left", "(field \"x\")");
        assertThat(refusedBytes("\"int\"", new byte[] {2, 2}).reason()).isEqualTo(Reason.TRAILING_DATA);
    }

    @Test
    void keys_of_maps_are_bounded_and_come_once() {
        byte[] twice = {4, 2, 'a', 2, 'a', 0};
        byte[] key = new byte[Limits.FIELD_NAME_BYTES + 1];
        Arrays.fill(key, (byte) 'k');
        byte[] tooLong = join(new byte[] {2, (byte) 0x82, 4}, join(key, new byte[] {0}));

        assertThat(refusedBytes("{\"type\":\"map\",\"values\":\"null\"}", twice).reason())
                .isEqualTo(Reason.DUPLICATE_FIELD);
        assertThat(refusedBytes("{\"type\":\"map\",\"values\":\"null\"}", tooLong)
                        .reason())
                .isEqualTo(Reason.NAME_TOO_LONG);
    }

    @Test
    void every_cut_of_a_record_is_refused() {
        Schema schema = RegistryStub.schema("""
                {"type":"record","name":"Offer","fields":[
                  {"name":"title","type":"string"},
                  {"name":"tags","type":{"type":"array","items":"string"}},
                  {"name":"pay","type":["null","double"]},
                  {"name":"more","type":{"type":"map","values":"long"}}]}""");
        GenericRecord offer = new GenericData.Record(schema);
        offer.put("title", "Développeur");
        offer.put("tags", List.of("java", "storm"));
        offer.put("pay", 52_000.5);
        offer.put("more", Map.of("views", 12L));
        byte[] whole = RegistryStub.encoded(offer);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Refused refused = catchThrowableOfType(Refused.class, () -> decoder.read(schema, cut, 0));
            assertThat(refused.reason()).as("%d bytes", length).isEqualTo(Reason.BAD_AVRO);
        }
    }

    /** Written by Avro's own encoder, as the only field of a record. */
    private Node read(String type, Object value) {
        Schema schema = wrapped(type);
        GenericRecord record = new GenericData.Record(schema);
        record.put("x", value);
        Node.Fields fields = (Node.Fields) decoder.read(schema, RegistryStub.encoded(record), 0);
        assertThat(fields.values()).containsOnlyKeys("x");
        return fields.values().get("x");
    }

    private Refused refused(String type, Object value) {
        return catchThrowableOfType(Refused.class, () -> read(type, value));
    }

    private Node readBytes(String type, byte[] bytes) {
        return ((Node.Fields) decoder.read(wrapped(type), bytes, 0)).values().get("x");
    }

    private Refused refusedBytes(String type, byte[] bytes) {
        return catchThrowableOfType(Refused.class, () -> readBytes(type, bytes));
    }

    private static Schema wrapped(String type) {
        return RegistryStub.schema(
                "{\"type\":\"record\",\"name\":\"Top\",\"fields\":[{\"name\":\"x\",\"type\":" + type + "}]}");
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
