package org.offerstorm.sinks.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/** {@code conf/offer.avsc}, and the way to it and back. */
final class OfferSchema {
    static final Schema SCHEMA = new Schema.Parser().parse(read("/conf/offer.avsc"));

    /**
     * The schemas of earlier versions, each text as it is in their files' headers. A release that changes
     * {@code conf/offer.avsc} adds the one before, so that it knows a header that was cut.
     */
    static final List<String> EARLIER = List.of(read("offer-1.avsc").strip());

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
    private static final int URL_FIELD = position("url");
    private static final int SALARY_MIN_FIELD = position("salary_min");
    private static final int SALARY_MAX_FIELD = position("salary_max");
    private static final int SALARY_CURRENCY_FIELD = position("salary_currency");
    private static final int SALARY_PERIOD_FIELD = position("salary_period");
    private static final int CITY_FIELD = position("city");
    private static final int COUNTRY_FIELD = position("country");
    private static final int REMOTE_FIELD = position("remote");
    private static final int VALID_THROUGH_FIELD = position("valid_through");
    private static final int FIELDS_FIELD = position("fields");

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
                    (Long) row.get(PUBLISHED_FIELD),
                    details(row));
        }

        private static RowDetails details(GenericRecord row) {
            RowDetails details = new RowDetails(
                    text(row, URL_FIELD),
                    (Double) row.get(SALARY_MIN_FIELD),
                    (Double) row.get(SALARY_MAX_FIELD),
                    text(row, SALARY_CURRENCY_FIELD),
                    text(row, SALARY_PERIOD_FIELD),
                    text(row, CITY_FIELD),
                    text(row, COUNTRY_FIELD),
                    (Boolean) row.get(REMOTE_FIELD),
                    (Long) row.get(VALID_THROUGH_FIELD),
                    texts((Map<?, ?>) row.get(FIELDS_FIELD)));
            return details.equals(RowDetails.NONE) ? RowDetails.NONE : details;
        }

        private static Map<String, String> texts(Map<?, ?> fields) {
            if (fields == null) {
                return Map.of();
            }
            Map<String, String> texts = new HashMap<>();
            fields.forEach((name, value) -> texts.put(name.toString(), value.toString()));
            return texts;
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

    static String id(GenericRecord row) {
        return row.get(ID_FIELD).toString();
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

    private static String read(String resource) {
        try (InputStream in = OfferSchema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path; the jar was built wrongly");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
