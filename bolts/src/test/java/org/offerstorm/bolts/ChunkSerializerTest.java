package org.offerstorm.bolts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Delete;
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

    private Chunk<?> roundTrip(Chunk<?> chunk) {
        Output out = new Output(64, -1);
        serializer.write(kryo, out, chunk);
        return serializer.read(kryo, new Input(out.toBytes()), null);
    }
}
