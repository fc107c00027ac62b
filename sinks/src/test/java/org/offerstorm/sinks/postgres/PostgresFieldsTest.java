package org.offerstorm.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult.Done;
import org.offerstorm.sinks.contract.ChunkBuilder;

/** Every field of an offer is in its column, with its type, and comes back as it was written. */
final class PostgresFieldsTest {
    @RegisterExtension
    static final PostgresUnderTest POSTGRES = new PostgresUnderTest();

    private static final String TEXT = "ä \"quoted\" \\ ' $$ \t\n\r 🦖 \u202E \\N {} null";
    private static final Cell CELL = Cell.of("Retail \"&\" 'Sales' 🛒", Continent.AS);

    private final ChunkBuilder log = new ChunkBuilder(RandomVersions.SOURCE);

    @Test
    void all_fields_come_back() throws Exception {
        Details details = Details.of(
                "not a column",
                "https://example.org/?a=1&b=2",
                TEXT,
                "NZ",
                false,
                new Salary(0.1, 1e15, "EUR", "year"),
                253_402_300_799_999L, // the last millisecond of the year 9999
                List.of(
                        field("text", FieldType.TEXT, TEXT),
                        field("keyword", FieldType.KEYWORD, "12"),
                        field("skills", FieldType.KEYWORDS, List.of("C++", TEXT)),
                        field("whole", FieldType.INTEGER, -(1L << 53)),
                        field("tenth", FieldType.DECIMAL, 0.1),
                        field("round", FieldType.DECIMAL, 1.0E10),
                        field("zero", FieldType.DECIMAL, 0.0),
                        field("largest", FieldType.DECIMAL, Double.MAX_VALUE),
                        field("smallest", FieldType.DECIMAL, -Double.MIN_VALUE),
                        field("yes", FieldType.BOOLEAN, true),
                        field("day", FieldType.DATE, 1_768_478_400_123L)));
        Offer offer = new Offer(
                TEXT, Long.MAX_VALUE, TEXT, TEXT, -90, 180, TEXT, TEXT.repeat(1_000), -62_135_596_800_000L, details);

        StoredOffer expected = new StoredOffer(
                CELL,
                Long.MAX_VALUE,
                TEXT,
                TEXT,
                -90.0,
                180.0,
                TEXT,
                TEXT.repeat(1_000),
                -62_135_596_800_000L,
                "https://example.org/?a=1&b=2",
                TEXT,
                "NZ",
                false,
                0.1,
                1e15,
                "EUR",
                "year",
                253_402_300_799_999L,
                Map.ofEntries(
                        Map.entry("text", TEXT),
                        Map.entry("keyword", "12"),
                        Map.entry(
                                "skills", "[\"C++\",\"ä \\\"quoted\\\" \\\\ ' $$ \\t\\n\\r 🦖 \u202E \\\\N {} null\"]"),
                        Map.entry("whole", "-9007199254740992"),
                        Map.entry("tenth", "0.1"),
                        Map.entry("round", "1.0E10"),
                        Map.entry("zero", "0.0"),
                        Map.entry("largest", "1.7976931348623157E308"),
                        Map.entry("smallest", "-4.9E-324"),
                        Map.entry("yes", "true"),
                        Map.entry("day", "2026-01-15T12:00:00.123Z")));
        assertThat(written(offer)).isEqualTo(List.of(expected, expected));
        assertThat(POSTGRES.rows("select published_at, valid_through, fields->>'day', fields->'round',"
                        + " jsonb_typeof(fields->'keyword') from offers"))
                .isEqualTo(List.of(List.of(
                        "0001-01-01 00:00:00+00",
                        "9999-12-31 23:59:59.999+00",
                        "2026-01-15T12:00:00.123Z",
                        "10000000000.0",
                        "string")));
    }

    @Test
    void absent_fields_are_null() throws Exception {
        Offer bare = new Offer(
                "bare",
                Offer.NO_PROFESSION,
                null,
                "n",
                Double.NaN,
                Double.NaN,
                null,
                null,
                Offer.NO_DATE,
                Details.of(
                        null, null, null, null, null, new Salary(Double.NaN, 7, null, null), Offer.NO_DATE, List.of()));
        StoredOffer expected = new StoredOffer(
                CELL, null, null, "n", null, null, null, null, null, null, null, null, null, null, 7.0, null, null,
                null, Map.of());
        assertThat(written(bare)).isEqualTo(List.of(expected, expected));
    }

    /** What the tables of live offers and of versions have of it. */
    private List<StoredOffer> written(Offer offer) throws Exception {
        try (Sink sink = new PostgresSink(POSTGRES.config(), "g");
                PostgresTables tables = new PostgresTables(POSTGRES.config())) {
            assertThat(sink.write(log.upsert(offer, CELL).cut())).isEqualTo(new Done(1, 0));
            List<StoredOffer> found = new ArrayList<>();
            tables.offers(row -> found.add(row.offer()));
            tables.versions(row -> found.add(row.offer()));
            return found;
        }
    }

    private static FieldValue field(String name, FieldType type, Object value) {
        return new FieldValue(new DataField(name, type, false), value);
    }
}
