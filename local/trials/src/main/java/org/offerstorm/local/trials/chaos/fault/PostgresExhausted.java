package org.offerstorm.local.trials.chaos.fault;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** Somebody else has all connections that the server gives to users without special rights. */
final class PostgresExhausted implements Fault {
    private static final int ROUNDS = 5;
    /** More than any server's limit here. */
    private static final int MOST = 500;

    private final List<Connection> taken = new ArrayList<>();

    @Override
    public String name() {
        return "postgres-connections";
    }

    @Override
    public String description() {
        return "For 15 s somebody else has all of PostgreSQL's connections, and the stream's are ended. It waits until it gets"
                + " one; no offer becomes a dead letter.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void inject(Site site) throws Exception {
        take(site);
        for (int i = 0; i < ROUNDS; i++) { // the sink may be quicker to take a place that is free again
            PostgresServer.terminateOthers(taken.get(0));
            take(site);
        }
        site.log("postgres-connections: " + taken.size() + " connections taken");
    }

    @Override
    public void heal(Site site) throws SQLException {
        while (!taken.isEmpty()) {
            taken.remove(taken.size() - 1).close();
        }
    }

    private void take(Site site) throws SQLException {
        while (taken.size() < MOST) {
            try {
                taken.add(PostgresServer.connect(site.direct()));
            } catch (SQLException e) {
                if (!taken.isEmpty() && PostgresServer.TOO_MANY_CONNECTIONS.equals(e.getSQLState())) {
                    return;
                }
                throw e;
            }
        }
        throw new IllegalStateException("PostgreSQL gave " + MOST + " connections, and has no end of them");
    }
}
