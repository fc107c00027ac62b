package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.sink.CoverageReader;

/**
 * Reads how far the tables have each partition. The spout's poller asks once a second, and seeks back when they have less
 * than was acked. Called by one thread; connects at the first call and again after any error.
 */
public final class PostgresCoverage implements CoverageReader {
    /** One statement, so both are of one moment. */
    private static final String QUERY = """
            select s.topic, s.topic_id, s.epoch, s.partitions, c.partition, c.next_offset, pg_is_in_recovery()
            from source_identity s left join offerstorm_coverage c on true""";

    private final PostgresConnection connection;
    private final PostgresConfig config;

    /** Does not connect. */
    public PostgresCoverage(PostgresConfig config) {
        this.config = config;
        this.connection = new PostgresConnection(config);
    }

    /** Travels in the serialized topology. */
    public static CoverageReader.Factory factory(PostgresConfig config) {
        return () -> new PostgresCoverage(config);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Tables of a lower epoch have no coverage of this source yet: the answer is empty.
     */
    @Override
    public Map<Integer, Long> coverage(Source source) throws IOException {
        Source holder = null;
        Map<Integer, Long> coverage = new HashMap<>();
        connection.begin();
        try {
            Connection jdbc = connection.get();
            try (Statement statement = jdbc.createStatement();
                    ResultSet rows = statement.executeQuery(QUERY)) {
                while (rows.next()) {
                    if (rows.getBoolean(7)) { // it may be behind, and has lost nothing
                        throw new SQLException("is a replica, and not asked what it holds", "25006");
                    }
                    holder = new Source(rows.getString(1), rows.getString(2), rows.getInt(3), rows.getInt(4));
                    int partition = rows.getInt(5);
                    long next = rows.getLong(6);
                    if (!rows.wasNull()) {
                        coverage.put(partition, next);
                    }
                }
            }
        } catch (SQLException | RuntimeException e) { // any error: connect again next time
            throw connection.failed(e);
        }
        if (holder == null || holder.epoch() < source.epoch()) {
            return Map.of();
        }
        if (!holder.equals(source)) {
            throw new IOException("postgres " + connection.address() + " schema " + config.schema() + " holds " + holder
                    + ", not " + source + "; use another postgres.schema, or raise source.epoch above " + holder.epoch()
                    + " if the topic was re-created");
        }
        return coverage;
    }

    @Override
    public void close() {
        connection.close();
    }
}
