package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/** {@code conf/offer.avsc}, and the way to it and back. */
final class OfferSchema {
    static final Schema SCHEMA = load();

    private static final int EPOCH_FIELD = position("epoch");
    private static final int PARTITION_FIELD = position("partition");
    private static final int OFFSET_FIELD = position("offset");
    private static final int TIMESTAMP_FIELD = position("timestamp");
    private static final int OP_FIELD = position("op");
    private static final int ID_FIELD = position("id");
    private static final int CONTINENT_FIELD = position("continent");
    private static final int CATEGORY_FIELD = position("category");
    private static final int PROFESSION_FIELD = position("profession_id");
    private static final int CONTRACT_FIELD = position("contract_type");
    private static final int NAME_FIELD = position("name");
    private static final int LATITUDE_FIELD = position("office_latitude");
    private static final int LONGITUDE_FIELD = position("office_longitude");
    private static final int COMPANY_FIELD = position("company");
    private static final int DESCRIPTION_FIELD = position("description");
    private static final int PUBLISHED_FIELD = position("published_at");

    private OfferSchema() {}

    /** Makes rows from records that were read with {@link #SCHEMA}; one for each file, because it remembers cells. */
    static final class Decoder {
        private final Map<String, Map<String, Cell>> cells = new HashMap<>();

        OfferRow decode(GenericRecord row) {
            boolean deleted = row.get(OP_FIELD).toString().equals("D");
            String category = text(row, CATEGORY_FIELD);
            return new OfferRow(
                    epoch(row),
                    partition(row),
                    offset(row),
                    timestamp(row),
                    deleted,
                    text(row, ID_FIELD),
                    deleted ? null : cell(category, text(row, CONTINENT_FIELD)),
                    (Long) row.get(PROFESSION_FIELD),
                    text(row, CONTRACT_FIELD),
                    text(row, NAME_FIELD),
                    (Double) row.get(LATITUDE_FIELD),
                    (Double) row.get(LONGITUDE_FIELD),
                    text(row, COMPANY_FIELD),
                    text(row, DESCRIPTION_FIELD),
                    (Long) row.get(PUBLISHED_FIELD));
        }

        private Cell cell(String category, String continent) {
            return cells.computeIfAbsent(category, c -> new HashMap<>())
                    .computeIfAbsent(continent, c -> Cell.of(category, Continent.valueOf(c)));
        }

        private static String text(GenericRecord row, int field) {
            Object value = row.get(field);
            return value == null ? null : value.toString();
        }
    }

    static int epoch(GenericRecord row) {
        return (Integer) row.get(EPOCH_FIELD);
    }

    static int partition(GenericRecord row) {
        return (Integer) row.get(PARTITION_FIELD);
    }

    static long offset(GenericRecord row) {
        return (Long) row.get(OFFSET_FIELD);
    }

    static long timestamp(GenericRecord row) {
        return (Long) row.get(TIMESTAMP_FIELD);
    }

    private static int position(String field) {
        return SCHEMA.getField(field).pos();
    }

    private static Schema load() {
        try (InputStream in = OfferSchema.class.getResourceAsStream("/conf/offer.avsc")) {
            if (in == null) {
                throw new IllegalStateException("conf/offer.avsc is not on the class path; the jar was built wrongly");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
