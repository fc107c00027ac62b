package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Delete;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Upsert;

/** {@code conf/offer.avsc}, and the way to it and back. */
final class OfferSchema {
    static final Schema SCHEMA = load();

    private static final Schema OP = SCHEMA.getField("op").schema();
    private static final GenericData.EnumSymbol UPSERT = new GenericData.EnumSymbol(OP, "U");
    private static final GenericData.EnumSymbol DELETE = new GenericData.EnumSymbol(OP, "D");
    private static final Map<Continent, String> CONTINENTS = new EnumMap<>(Continent.class);
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

    static {
        for (Continent continent : Continent.values()) {
            CONTINENTS.put(continent, continent.name());
        }
    }

    private OfferSchema() {}

    /** @throws IllegalArgumentException if an upsert was not classified */
    static GenericRecord row(int epoch, Change change) {
        GenericData.Record row = new GenericData.Record(SCHEMA);
        row.put(EPOCH_FIELD, epoch);
        row.put(PARTITION_FIELD, change.position().partition());
        row.put(OFFSET_FIELD, change.position().offset());
        row.put(TIMESTAMP_FIELD, change.position().timestampMillis());
        row.put(ID_FIELD, change.id());
        if (change instanceof Delete) {
            row.put(OP_FIELD, DELETE);
            return row;
        }
        Upsert upsert = (Upsert) change;
        Offer offer = upsert.offer();
        if (upsert.cell() == null) {
            throw new IllegalArgumentException(
                    "offer '" + upsert.id() + "' has no cell; the classifying bolt comes before the sinks");
        }
        row.put(OP_FIELD, UPSERT);
        row.put(CONTINENT_FIELD, CONTINENTS.get(upsert.cell().continent()));
        row.put(CATEGORY_FIELD, upsert.cell().category());
        if (offer.hasProfession()) {
            row.put(PROFESSION_FIELD, offer.professionId());
        }
        row.put(CONTRACT_FIELD, offer.contractType());
        row.put(NAME_FIELD, offer.name());
        if (offer.hasLocation()) {
            row.put(LATITUDE_FIELD, offer.latitude());
            row.put(LONGITUDE_FIELD, offer.longitude());
        }
        row.put(COMPANY_FIELD, offer.company());
        row.put(DESCRIPTION_FIELD, offer.description());
        if (offer.hasPublishedAt()) {
            row.put(PUBLISHED_FIELD, offer.publishedAtMillis());
        }
        return row;
    }

    /** Makes rows from records that were read with {@link #SCHEMA}; one for each file, for it remembers cells. */
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
