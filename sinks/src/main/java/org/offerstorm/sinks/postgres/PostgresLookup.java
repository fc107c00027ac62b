package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks up single offers, for commands. Called by one thread; connects at the first call and again after any error. */
public final class PostgresLookup implements AutoCloseable {
    private static final String VERSIONS =
            PostgresTables.ALL_VERSIONS + " where id = ? order by epoch desc, \"offset\" desc limit ";

    private final PostgresConnection connection;

    /** Does not connect. */
    public PostgresLookup(PostgresConfig config) {
        this.connection = new PostgresConnection(config, "set default_transaction_read_only to on");
    }

    /**
     * The offer's rows in the tables of live and of deleted offers: one, or none.
     *
     * @throws IOException if the database cannot be asked now
     */
    public List<OfferVersion> newest(String id) throws IOException {
        List<OfferVersion> found = new ArrayList<>(ask(PostgresTables.OFFERS + " where id = ?", id));
        found.addAll(ask(PostgresTables.TOMBSTONES + " where id = ?", id));
        return found;
    }

    /**
     * The offer's newest versions, the newest first.
     *
     * @throws IOException if the database cannot be asked now
     */
    public List<OfferVersion> versions(String id, int most) throws IOException {
        return ask(VERSIONS + most, id);
    }

    @Override
    public void close() {
        connection.close();
    }

    private List<OfferVersion> ask(String query, String id) throws IOException {
        connection.begin();
        try (PreparedStatement statement = connection.get().prepareStatement(query)) {
            statement.setString(1, id);
            List<OfferVersion> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(PostgresTables.version(row));
                }
            }
            return found;
        } catch (SQLException | RuntimeException e) { // any error: connect again next time
            throw connection.failed(e);
        }
    }
}
