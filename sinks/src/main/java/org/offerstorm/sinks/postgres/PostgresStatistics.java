package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.sink.StatisticsReader;
import org.offerstorm.core.sink.StoreStatistics;
import org.offerstorm.core.sink.StoreStatistics.Figure;

/** Sizes of the sink's tables with their indexes, and the server's estimate of their rows. Used by one thread. */
final class PostgresStatistics implements StatisticsReader {
    /** Partitions count as their table. */
    private static final String SIZES = """
            select coalesce(parent.relname, t.relname), sum(pg_total_relation_size(t.oid))::bigint,
                sum(greatest(t.reltuples, 0))::bigint
            from pg_class t
                left join pg_inherits i on i.inhrelid = t.oid
                left join pg_class parent on parent.oid = i.inhparent
            where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r'
            group by 1""";

    private static final Map<String, String> TABLES = tables();

    private final PostgresConnection connection;
    private final PostgresConfig config;

    /** @throws IllegalArgumentException if {@code postgres.url} is not an address */
    PostgresStatistics(PostgresConfig config) {
        this.config = config;
        this.connection = new PostgresConnection(config);
    }

    private static Map<String, String> tables() {
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("offers", "Live offers");
        tables.put("offer_versions", "All versions");
        tables.put("offer_tombstones", "Deleted offers");
        tables.put("offer_counts", "Table of counts");
        tables.put("offerstorm_coverage", "Coverage");
        return tables;
    }

    private record Size(long bytes, long rows) {}

    @Override
    public StoreStatistics read() throws IOException {
        Map<String, Size> sizes = sizes();
        if (!sizes.keySet().containsAll(TABLES.keySet())) {
            throw new IOException("schema " + config.schema() + " of postgres " + connection.address()
                    + " lacks tables of the sink; run" + " 'offerstorm setup', or correct postgres.schema");
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.bytes(
                "bytes",
                "All tables with their indexes",
                TABLES.keySet().stream()
                        .mapToLong(name -> sizes.get(name).bytes())
                        .sum()));
        TABLES.forEach((name, title) -> figures.add(Figure.bytes(
                name + "_bytes", title + " (" + name + ")", sizes.get(name).bytes())));
        for (String name : List.of("offers", "offer_versions", "offer_tombstones")) {
            figures.add(Figure.number(
                    name + "_rows",
                    "Rows of " + name + " (estimated)",
                    sizes.get(name).rows()));
        }
        return StoreStatistics.of(figures);
    }

    private Map<String, Size> sizes() throws IOException {
        Map<String, Size> sizes = new LinkedHashMap<>();
        connection.begin();
        try (Statement statement = connection.get().createStatement();
                ResultSet rows = statement.executeQuery(SIZES)) {
            while (rows.next()) {
                sizes.put(rows.getString(1), new Size(rows.getLong(2), rows.getLong(3)));
            }
        } catch (SQLException | RuntimeException e) { // any error: connect again next time
            throw connection.failed(e);
        }
        return sizes;
    }

    @Override
    public boolean isCheap() {
        return true;
    }

    @Override
    public void close() {
        connection.close();
    }
}
