package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.Upsert;

/** What is encoded field by field is read back by Avro's own reader of the schema. */
class RowEncoderTest {
    private static final SourcePosition POSITION = new SourcePosition(3, 1L << 40, 1_795_275_061_123L);
    private static final String TEXT = "Développeur \u20AC \uD83D\uDE80 ";

    private final RowEncoder encoder = new RowEncoder();

    @Test
    void every_field_of_an_offer_comes_back() throws IOException {
        Offer offer =
                new Offer("id-\u00E9", -5, "FULL_TIME", TEXT, -89.5, 179.25, "Caf\u00E9", TEXT.repeat(5_000), -1L);

        OfferRow row = decode(encoder.encode(31, new Upsert(POSITION, offer, Cell.of("Tech", Continent.OC), null)));

        assertThat(row)
                .isEqualTo(new OfferRow(
                        31,
                        3,
                        1L << 40,
                        1_795_275_061_123L,
                        false,
                        "id-\u00E9",
                        Cell.of("Tech", Continent.OC),
                        -5L,
                        "FULL_TIME",
                        TEXT,
                        -89.5,
                        179.25,
                        "Caf\u00E9",
                        TEXT.repeat(5_000),
                        -1L,
                        RowDetails.NONE));
    }

    @Test
    void every_detail_comes_back_and_further_fields_as_text() throws IOException {
        OfferRow row = decode(encoder.encode(1, Log.detailed(3, 5, Log.NOON)));

        assertThat(row.details()).isEqualTo(Log.DETAILS_AS_ROW);
    }

    @Test
    void a_part_of_the_details_comes_back() throws IOException {
        Salary salary = new Salary(Double.NaN, 15.5, null, "hour");
        Details details = new Details(null, null, null, null, true, salary, Offer.NO_DATE, List.of());
        Offer offer = new Offer("a", 1, null, "n", 1, 2, null, null, 5, details);

        OfferRow row = decode(encoder.encode(1, new Upsert(POSITION, offer, Cell.of("Tech", Continent.EU), null)));

        assertThat(row.details())
                .isEqualTo(new RowDetails(null, null, 15.5, null, "hour", null, null, true, null, Map.of()));
    }

    /** The bulk of all streams: one byte for each field that they do not have. */
    @Test
    void an_offer_without_details_costs_one_byte_for_each() throws IOException {
        Schema before = HdfsUpgradeTest.earlier().get(0);
        ByteBuffer row = encoder.encode(1, Log.upsert(0, 1, Log.NOON));
        byte[] bytes = new byte[row.remaining()];
        row.get(bytes);
        BinaryDecoder from = DecoderFactory.get().binaryDecoder(bytes, null);

        new GenericDatumReader<GenericRecord>(before).read(null, from);

        assertThat(from.inputStream().readAllBytes())
                .hasSize(OfferSchema.SCHEMA.getFields().size()
                        - before.getFields().size())
                .containsOnly(0);
    }

    @Test
    void what_an_offer_lacks_is_null() throws IOException {
        Offer offer = new Offer("a", Offer.NO_PROFESSION, null, "n", Double.NaN, Double.NaN, null, null, Offer.NO_DATE);
        Cell cell = Cell.of(Cell.NO_PROFESSION, Continent.UNKNOWN);

        OfferRow row = decode(encoder.encode(1, new Upsert(POSITION, offer, cell, null)));

        assertThat(row).isEqualTo(bare(false, "a", cell, "n"));
    }

    @Test
    void a_deletion_has_its_id_alone_also_behind_a_long_row() throws IOException {
        every_field_of_an_offer_comes_back();

        OfferRow row = decode(encoder.encode(1, new Delete(POSITION, "gone")));

        assertThat(row).isEqualTo(bare(true, "gone", null, null));
    }

    @Test
    void all_continents_have_their_names() throws IOException {
        for (Continent continent : List.of(Continent.values())) {
            Offer offer = new Offer("a", 1, null, "n", 1, 2, null, null, 5);

            OfferRow row = decode(encoder.encode(1, new Upsert(POSITION, offer, Cell.of("Tech", continent), null)));

            assertThat(row.cell().continent()).isEqualTo(continent);
        }
    }

    @Test
    void an_offer_without_cell_is_refused() {
        Offer offer = new Offer("a", 1, null, "n", 1, 2, null, null, 5);

        assertThatThrownBy(() -> encoder.encode(1, new Upsert(POSITION, offer, null, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a' has no cell");
    }

    /** A row of epoch 1 without any field that may be absent, but for the name. */
    private static OfferRow bare(boolean deleted, String id, Cell cell, String name) {
        long timestamp = POSITION.timestampMillis();
        return new OfferRow(
                1,
                3,
                1L << 40,
                timestamp,
                deleted,
                id,
                cell,
                null,
                null,
                name,
                null,
                null,
                null,
                null,
                null,
                RowDetails.NONE);
    }

    private static OfferRow decode(ByteBuffer row) throws IOException {
        byte[] bytes = new byte[row.remaining()];
        row.get(bytes);
        BinaryDecoder from = DecoderFactory.get().binaryDecoder(bytes, null);
        GenericRecord record = new GenericDatumReader<GenericRecord>(OfferSchema.SCHEMA).read(null, from);
        assertThat(from.isEnd()).as("nothing follows").isTrue();
        return new OfferSchema.Decoder().decode(record);
    }
}
