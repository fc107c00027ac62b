package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/** Reads the table category × continent. Called by one thread; connects at the first call and again after any error. */
public final class PostgresCounts implements AutoCloseable {
    private static final String COUNTS = "select category, continent, live_offers from offer_counts";
    private static final String GROUPED =
            "select category, continent, count(*) from offers group by category, continent";

    private final PostgresConnection connection;
    private final PostgresConfig config;

    /** Does not connect. */
    public PostgresCounts(PostgresConfig config) {
        this.config = config;
        this.connection = new PostgresConnection(config);
    }

    /**
     * Live offers of each cell as {@code offer_counts} has them, in the order of the cells' keys; cells without offers are
     * absent.
     *
     * @throws IOException if the database cannot be asked now, or if what it holds is not a table of cells
     */
    public Map<Cell, Long> read() throws IOException {
        return read(COUNTS);
    }

    /**
     * The same, counted now over {@code offers}.
     *
     * @throws IOException if the database cannot be asked now, or if what it holds is not a table of cells
     */
    public Map<Cell, Long> count() throws IOException {
        return read(GROUPED);
    }

    /** Where it reads, for messages: schema, host, port and database. */
    public String place() {
        return "schema " + config.schema() + " of " + connection.address();
    }

    private Map<Cell, Long> read(String query) throws IOException {
        Map<String, Map.Entry<Cell, Long>> sorted = new TreeMap<>();
        connection.begin();
        try (Statement statement = connection.get().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                Cell cell = Cell.of(rows.getString(1), Continent.valueOf(rows.getString(2)));
                sorted.put(cell.key(), Map.entry(cell, rows.getLong(3)));
            }
        } catch (SQLException | RuntimeException e) { // any error: connect again next time
            throw connection.failed(e);
        }
        Map<Cell, Long> counts = new LinkedHashMap<>();
        sorted.values().forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    @Override
    public void close() {
        connection.close();
    }
}
