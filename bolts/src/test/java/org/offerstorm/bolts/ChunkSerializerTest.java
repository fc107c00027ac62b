package org.offerstorm.bolts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Floor;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.OffsetRange;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.model.Upsert;

class ChunkSerializerTest {
    private static final ChunkHeader HEADER = new ChunkHeader(
            new Source("offers", "topic-id", 3, 8),
            1,
            4,
            List.of(new OffsetRange(1, 0, 7, true), new OffsetRange(5, 1L << 40, (1L << 40) + 3, false)),
            List.of(new Floor(1, 0), new Floor(5, 99)),
            true);
    private static final Cell TECH = Cell.of("Tech | odd", Continent.EU);

    private final ChunkSerializer serializer = new ChunkSerializer();
    private final Kryo kryo = new Kryo();

    @Test
    void records_come_back_with_every_byte_also_null_and_empty_ones() {
        byte[] bytes = {0, -1, 7};
        Chunk<?> back = roundTrip(new Chunk<>(
                HEADER,
                List.of(
                        new SourceRecord(new SourcePosition(1, 0, -1), null, bytes),
                        new SourceRecord(new SourcePosition(5, 1L << 40, Long.MAX_VALUE), new byte[0], null),
                        new SourceRecord(new SourcePosition(1, 2, Long.MIN_VALUE), bytes, new byte[0]))));

        assertThat(back)
                .usingRecursiveComparison()
                .isEqualTo(new Chunk<>(
                        HEADER,
                        List.of(
                                new SourceRecord(new SourcePosition(1, 0, -1), null, bytes),
                                new SourceRecord(new SourcePosition(5, 1L << 40, Long.MAX_VALUE), new byte[0], null),
                                new SourceRecord(new SourcePosition(1, 2, Long.MIN_VALUE), bytes, new byte[0]))));
    }

    @Test
    void changes_come_back_with_text_cells_and_raw_value() {
        byte[] raw = "{\"id\":\"é\"}".getBytes(StandardCharsets.UTF_8);
        Offer full = new Offer(
                "é\u0000|{!x}", 7, "FULL_TIME", "Ingénieur 🚀 \t\r\n", -89.9, 180, "Société", "long ".repeat(50), -5);
        Offer bare = new Offer("b", Offer.NO_PROFESSION, null, "n", Double.NaN, Double.NaN, null, null, Offer.NO_DATE);
        Chunk<?> chunk = new Chunk<>(
                HEADER,
                List.of(
                        new Upsert(new SourcePosition(1, 0, 10), full, TECH, raw),
                        new Delete(new SourcePosition(1, 1, 11), "gone"),
                        new Upsert(new SourcePosition(1, 2, 9), bare, null, raw),
                        new Upsert(
                                new SourcePosition(5, 3, 9), bare, Cell.of(Cell.NO_PROFESSION, Continent.UNKNOWN), raw),
                        new Upsert(new SourcePosition(5, 4, 9), bare, TECH, raw)));

        assertThat(roundTrip(chunk))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class) // NaN is absent
                .isEqualTo(chunk);
    }

    /** Each of some thousand chunks has offers with details by chance, of the fields of one mapping. */
    @Test
    void details_come_back_no_matter_what_they_hold() {
        Random random = new Random(7);
        for (int n = 0; n < 2_000; n++) {
            RandomDetails details = new RandomDetails(random);
            List<Upsert> items = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                Details some = random.nextInt(3) == 0 ? Details.NONE : details.next();
                items.add(new Upsert(new SourcePosition(1, i, i), offer(some), TECH, null));
            }
            Chunk<?> chunk = new Chunk<>(HEADER, items);

            Chunk<?> back = roundTrip(chunk);

            assertThat(back).as("chunk %s", n).isEqualTo(chunk);
            assertThat(back.items())
                    .map(item -> ((Upsert) item).offer().details())
                    .filteredOn(Details.NONE::equals)
                    .allSatisfy(none -> assertThat(none).isSameAs(Details.NONE));
        }
    }

    @Test
    void an_offer_without_details_costs_a_byte_for_them() {
        Output out = new Output(64);

        new DetailsFormat().write(out, Details.NONE);

        assertThat(out.toBytes()).containsExactly(0);
    }

    @Test
    void the_name_of_a_further_field_is_written_once_a_chunk() {
        DataField field = new DataField("a_name_of_some_length", FieldType.INTEGER, false);
        Offer offer = offer(
                new Details(null, null, null, null, null, null, Offer.NO_DATE, List.of(new FieldValue(field, 5L))));

        String text = new String(bytes(offer, offer, offer), StandardCharsets.ISO_8859_1);

        assertThat(text.split("a_name_of_some_lengt", -1)).hasSize(2); // Kryo marks the last character
    }

    /** An offer that has none of the details may be made with a separate object. */
    @Test
    void empty_details_come_back_as_the_one_object() {
        Details empty = new Details(null, null, null, null, null, null, Offer.NO_DATE, List.of());

        Chunk<?> back = roundTrip(
                new Chunk<>(HEADER, List.of(new Upsert(new SourcePosition(1, 0, 0), offer(empty), TECH, null))));

        assertThat(((Upsert) back.items().get(0)).offer().details()).isSameAs(Details.NONE);
    }

    @Test
    void a_chunk_without_items_keeps_its_ranges() {
        assertThat(roundTrip(new Chunk<>(HEADER, List.of()))).isEqualTo(new Chunk<>(HEADER, List.of()));
    }

    @Test
    void another_format_is_refused_with_the_remedy() {
        Input foreign = new Input(new byte[] {99, 0, 0, 0});

        assertThatThrownBy(() -> serializer.read(kryo, foreign, null))
                .isInstanceOf(KryoException.class)
                .hasMessageContaining("format 99")
                .hasMessageContaining("submit the topology again");
    }

    private static Offer offer(Details details) {
        return new Offer("a", 1, null, "n", 1, 2, null, null, 5, details);
    }

    private byte[] bytes(Offer... offers) {
        List<Upsert> items = new ArrayList<>();
        for (Offer offer : offers) {
            items.add(new Upsert(new SourcePosition(1, 0, 0), offer, TECH, null));
        }
        Output out = new Output(64, -1);
        serializer.write(kryo, out, new Chunk<>(HEADER, items));
        return out.toBytes();
    }

    private Chunk<?> roundTrip(Chunk<?> chunk) {
        Output out = new Output(64, -1);
        serializer.write(kryo, out, chunk);
        return serializer.read(kryo, new Input(out.toBytes()), null);
    }
}
