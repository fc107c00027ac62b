package org.offerstorm.formats.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.mapping.Node;
import org.offerstorm.core.parse.Refused;
import org.offerstorm.formats.testing.RegistryStub;

/** Random records by random schemas: Avro's reader is the judge of what is valid, and nothing else than a refusal is thrown. */
class AvroDecoderFuzzTest {
    private static final long SEED = 20_261_129;

    private final Random random = new Random(SEED);
    private final AvroDecoder decoder = new AvroDecoder();
    private int names;

    @Test
    void records_say_what_avros_own_reader_reads() throws IOException {
        for (int round = 0; round < 300; round++) {
            Schema schema = record(0);
            GenericRecord record = example(schema);
            byte[] bytes = RegistryStub.encoded(record);
            Object read = new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));

            assertThat(decoder.read(schema, bytes, 0))
                    .as("round %d: %s", round, schema)
                    .isEqualTo(node(read));
        }
    }

    @Test
    void damaged_records_are_read_or_refused() {
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            Schema schema = record(0);
            byte[] whole = RegistryStub.encoded(example(schema));
            for (int i = 0; i < 20 && whole.length > 0; i++) {
                byte[] damaged = whole.clone();
                for (int k = random.nextInt(4); k >= 0; k--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    decoder.read(schema, damaged, 0);
                } catch (Refused e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(100); // else nothing was damaged
    }

    private GenericRecord example(Schema schema) {
        return (GenericRecord)
                new RandomData(schema, 1, random.nextLong()).iterator().next();
    }

    private Schema record(int depth) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = random.nextInt(6) + 1; i > 0; i--) {
            fields.add(new Schema.Field("f" + i, type(depth + 1), null, (Object) null));
        }
        return Schema.createRecord("R" + names++, null, "test", false, fields);
    }

    private Schema type(int depth) {
        int kinds = depth > 3 ? 10 : 14;
        return switch (random.nextInt(kinds)) {
            case 0 -> Schema.create(Schema.Type.STRING);
            case 1 -> Schema.create(Schema.Type.LONG);
            case 2 -> Schema.create(Schema.Type.INT);
            case 3 -> Schema.create(Schema.Type.DOUBLE);
            case 4 -> Schema.create(Schema.Type.FLOAT);
            case 5 -> Schema.create(Schema.Type.BOOLEAN);
            case 6 -> Schema.create(Schema.Type.BYTES);
            case 7 -> Schema.createEnum("E" + names++, null, "test", List.of("A", "B", "C"));
            case 8 -> Schema.createFixed("F" + names++, null, "test", random.nextInt(5));
            case 9 -> Schema.create(Schema.Type.NULL);
            case 10 -> Schema.createArray(type(depth + 1));
            case 11 -> Schema.createMap(type(depth + 1));
            case 12 -> Schema.createUnion(Schema.create(Schema.Type.NULL), record(depth + 1));
            default -> record(depth + 1);
        };
    }

    private static Node node(Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof Boolean bool) {
            return Node.of(bool);
        } else if (value instanceof Double number) {
            return Node.of(number);
        } else if (value instanceof Number number) {
            return new Node.Num(number.toString());
        } else if (value instanceof ByteBuffer bytes) {
            return new Node.Fields(Map.of("bytes", Node.of(bytes.remaining())));
        } else if (value instanceof GenericFixed fixed) {
            return new Node.Fields(Map.of("bytes", Node.of(fixed.bytes().length)));
        } else if (value instanceof Collection<?> items) {
            return new Node.Items(new ArrayList<>(
                    items.stream().map(AvroDecoderFuzzTest::node).toList()));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, Node> fields = new LinkedHashMap<>();
            map.forEach((key, each) -> fields.put(key.toString(), node(each)));
            return new Node.Fields(fields);
        } else if (value instanceof GenericRecord record) {
            Map<String, Node> fields = new LinkedHashMap<>();
            record.getSchema().getFields().forEach(field -> fields.put(field.name(), node(record.get(field.pos()))));
            return new Node.Fields(fields);
        }
        return Node.of(value.toString()); // texts and enums
    }
}
