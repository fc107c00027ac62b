package org.offerstorm.sinks.postgres;

import java.sql.SQLException;
import java.util.function.Consumer;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.sink.HealthContext;

/** Whether the database will take the sink's writes and keep them. */
public final class PostgresHealth implements Check {
    private static final String NAME = "postgres";

    private final PostgresConfig config;
    private final HealthContext context;
    private final String where;

    /**
     * Does not connect.
     *
     * @throws IllegalArgumentException if {@code postgres.url} is not an address
     */
    PostgresHealth(PostgresConfig config, HealthContext context) {
        this.config = config;
        this.context = context;
        this.where = PostgresConnection.shown(config);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public void run(Consumer<Finding> found) {
        try (PostgresConnection connection = new PostgresConnection(config)) {
            connection.begin();
            found.accept(Finding.ok(
                    NAME,
                    where,
                    "PostgreSQL " + connection.get().getMetaData().getDatabaseProductVersion() + ", group "
                            + context.group()));
        } catch (SQLException e) {
            found.accept(Finding.fail(
                    NAME, where, "cannot be reached: " + PostgresConnection.describe(e), "correct postgres.url"));
        }
    }
}
