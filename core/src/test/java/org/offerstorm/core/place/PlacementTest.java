package org.offerstorm.core.place;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.geo.Continents;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.model.ChunkHeader;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;
import org.offerstorm.core.reference.ProfessionsReader;

class PlacementTest {
    private static final long NURSING = 7;

    private Placement placement;

    @BeforeEach
    void read() throws IOException {
        byte[] table = "id,name,category_name\n7,Nursing,Health\n".getBytes(UTF_8);
        placement = new Placement(
                ProfessionsReader.read(new ByteArrayInputStream(table), "professions.csv"), Continents.load());
    }

    @Test
    void an_offer_is_counted_by_category_and_continent() {
        assertThat(placement.cell(offer("a", NURSING, 48.85, 2.35))).isEqualTo(Cell.of("Health", Continent.EU));
        assertThat(placement.cell(offer("a", NURSING, -33.87, 151.21))).isEqualTo(Cell.of("Health", Continent.OC));
    }

    @Test
    void an_offer_without_coordinates_is_counted_as_unknown_like_one_at_sea() {
        assertThat(placement.cell(offer("a", NURSING, Double.NaN, Double.NaN)))
                .isEqualTo(Cell.of("Health", Continent.UNKNOWN));
        assertThat(placement.cell(offer("a", NURSING, 0, 0))).isEqualTo(Cell.of("Health", Continent.UNKNOWN));
    }

    @Test
    void an_offer_without_a_known_profession_has_a_cell() {
        assertThat(placement.cell(offer("a", Offer.NO_PROFESSION, 48.85, 2.35)))
                .isEqualTo(Cell.of(Cell.NO_PROFESSION, Continent.EU));
        assertThat(placement.cell(offer("a", 8, 48.85, 2.35))).isEqualTo(Cell.of(Cell.OTHER, Continent.EU));
    }

    @Test
    void a_chunk_keeps_its_header_its_order_and_its_deletions() {
        ChunkHeader header = new ChunkHeader(
                new Source("offers", "AAAAAAAAAAAAAAAAAAAAAA", 1, 1), 0, 1, List.of(), List.of(), false);
        byte[] raw = {1};
        Upsert first = new Upsert(position(0), offer("a", NURSING, 48.85, 2.35), null, raw);
        Delete second = new Delete(position(1), "b");
        Upsert third = new Upsert(position(2), offer("c", NURSING, Double.NaN, Double.NaN), null, raw);

        Chunk<Change> placed = placement.place(new Chunk<>(header, List.of(first, second, third)));

        assertThat(placed.header()).isSameAs(header);
        assertThat(placed.items())
                .containsExactly(
                        first.in(Cell.of("Health", Continent.EU)),
                        second,
                        third.in(Cell.of("Health", Continent.UNKNOWN)));
        assertThat(first.cell()).as("the chunk that came is unchanged").isNull();
    }

    @Test
    void a_chunk_without_items_stays_a_chunk() {
        ChunkHeader header =
                new ChunkHeader(new Source("offers", "AAAAAAAAAAAAAAAAAAAAAA", 1, 1), 0, 1, List.of(), List.of(), true);
        assertThat(placement.place(new Chunk<>(header, List.of()))).isEqualTo(new Chunk<>(header, List.of()));
    }

    private static SourcePosition position(long offset) {
        return new SourcePosition(0, offset, -1);
    }

    private static Offer offer(String id, long profession, double latitude, double longitude) {
        return new Offer(id, profession, null, "n", latitude, longitude, null, null, Offer.NO_DATE);
    }
}
