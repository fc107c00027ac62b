package org.offerstorm.sinks.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Source;

/**
 * Reads all tables, as they were when the first of them was read: for checks. Rows are not kept in memory. Called by one thread;
 * connects at the first call and again after any error.
 */
public final class PostgresTables implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofHours(6);
    private static final int PAGE = 1_000;
    private static final String VERSION = "id, epoch, partition, \"offset\", ";
    private static final String OFFER =
            ", continent, category, profession_id, contract_type, name, latitude, longitude, company, description,"
                    + " published_at, url, city, country, remote, salary_min, salary_max, salary_currency, salary_period,"
                    + " valid_through, fields";
    static final String OFFERS = "select " + VERSION + "updated_at, null, true" + OFFER + " from offers";
    static final String TOMBSTONES = "select " + VERSION + "deleted_at, null, true, null from offer_tombstones";
    static final String ALL_VERSIONS = "select " + VERSION + "valid_from, valid_to, is_current"
            + OFFER.replace(" continent", " case operation when 'upsert' then continent end")
            + " from offer_versions";
    private static final String VERSIONS = ALL_VERSIONS + " order by id, epoch, \"offset\", valid_from";

    private static final JsonFactory JSON = new JsonFactory();

    private final PostgresConnection connection;

    /** Does not connect. */
    public PostgresTables(PostgresConfig config) {
        this.connection = new PostgresConnection(
                config,
                "set statement_timeout to 0; set idle_in_transaction_session_timeout to 0;"
                        + " set default_transaction_isolation to 'repeatable read';"
                        + " set default_transaction_read_only to on");
    }

    /**
     * The log whose offers these are; empty if nothing was ever written.
     *
     * @throws IOException if the database cannot be asked now
     */
    public Optional<Source> source() throws IOException {
        Source[] found = new Source[1];
        each("select topic, topic_id, epoch, partitions from source_identity", row -> {
            found[0] = new Source(row.getString(1), row.getString(2), row.getInt(3), row.getInt(4));
        });
        return Optional.ofNullable(found[0]);
    }

    /**
     * By partition the ranges that are written beyond the coverage, {@code from-next} with blanks between.
     *
     * @throws IOException if the database cannot be asked now
     */
    public Map<Integer, String> parked() throws IOException {
        Map<Integer, String> parked = new HashMap<>();
        each("select partition, parked from offerstorm_coverage where parked <> ''", row -> {
            parked.put(row.getInt(1), row.getString(2));
        });
        return parked;
    }

    /**
     * Hands over every live offer, in no order.
     *
     * @throws IOException if the database cannot be asked now; some may have been handed over before
     */
    public void offers(Consumer<OfferVersion> consumer) throws IOException {
        each(OFFERS, row -> consumer.accept(version(row)));
    }

    /**
     * Hands over the deletion of every offer that is not live, in no order.
     *
     * @throws IOException if the database cannot be asked now; some may have been handed over before
     */
    public void tombstones(Consumer<OfferVersion> consumer) throws IOException {
        each(TOMBSTONES, row -> consumer.accept(version(row)));
    }

    /**
     * Hands over every version of every offer, by id, the oldest first.
     *
     * @throws IOException if the database cannot be asked now; some may have been handed over before
     */
    public void versions(Consumer<OfferVersion> consumer) throws IOException {
        each(VERSIONS, row -> consumer.accept(version(row)));
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Takes a row. */
    @FunctionalInterface
    private interface Rows {
        void accept(ResultSet row) throws SQLException, IOException;
    }

    private void each(String query, Rows rows) throws IOException {
        connection.begin(PATIENCE);
        try {
            Connection jdbc = connection.get();
            jdbc.setAutoCommit(false); // all reads in one transaction, and each by pages
            try (Statement statement = jdbc.createStatement()) {
                statement.setFetchSize(PAGE);
                try (ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        rows.accept(row);
                    }
                }
            }
        } catch (SQLException | RuntimeException e) { // any error: connect again next time
            throw connection.failed(e);
        }
    }

    static OfferVersion version(ResultSet row) throws SQLException, IOException {
        OffsetDateTime to = row.getObject(6, OffsetDateTime.class);
        return new OfferVersion(
                row.getString(1),
                row.getInt(2),
                row.getInt(3),
                row.getLong(4),
                VersionTime.millis(VersionTime.of(row.getObject(5, OffsetDateTime.class))),
                to == null ? null : (Long) VersionTime.millis(VersionTime.of(to)),
                row.getBoolean(7),
                row.getString(8) == null ? null : offer(row));
    }

    private static StoredOffer offer(ResultSet row) throws SQLException, IOException {
        return new StoredOffer(
                Cell.of(row.getString(9), Continent.valueOf(row.getString(8))),
                row.getObject(10, Long.class),
                row.getString(11),
                row.getString(12),
                row.getObject(13, Double.class),
                row.getObject(14, Double.class),
                row.getString(15),
                row.getString(16),
                millis(row, 17),
                row.getString(18),
                row.getString(19),
                row.getString(20),
                row.getObject(21, Boolean.class),
                row.getObject(22, Double.class),
                row.getObject(23, Double.class),
                row.getString(24),
                row.getString(25),
                millis(row, 26),
                fields(row.getString(27)));
    }

    private static Long millis(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : (Long) VersionTime.millis(VersionTime.of(time));
    }

    private static Map<String, String> fields(String json) throws IOException {
        if (json == null) {
            return Map.of();
        }
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken(); // {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                fields.put(name, text(parser, parser.nextToken()));
            }
        }
        return fields;
    }

    private static String text(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            StringBuilder words = new StringBuilder("[");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                words.append(words.length() == 1 ? "\"" : ",\"");
                JsonStringEncoder.getInstance().quoteAsString(parser.getText(), words);
                words.append('"');
            }
            return words.append(']').toString();
        }
        return token == JsonToken.VALUE_NUMBER_FLOAT ? Double.toString(parser.getDoubleValue()) : parser.getText();
    }
}
