package org.offerstorm.local.trials.chaos.fault;

import java.sql.Connection;
import java.time.Duration;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** Transactions may only read, as on a replica, or on a server whose operator stopped writing before the disk is full. */
final class PostgresReadOnly implements Fault {
    private static final String SETTING = "alter database offerstorm";

    @Override
    public String name() {
        return "postgres-read-only";
    }

    @Override
    public String description() {
        return "For 15 s PostgreSQL's transactions may only read, as on a replica. The stream waits; no offer becomes a dead"
                + " letter.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void inject(Site site) throws Exception {
        try (Connection connection = PostgresServer.connect(site.direct())) {
            PostgresServer.execute(connection, SETTING + " set default_transaction_read_only = on");
            PostgresServer.terminateOthers(connection); // it is of new sessions
        }
    }

    @Override
    public void heal(Site site) throws Exception {
        try (Connection connection = PostgresServer.connect(site.direct())) {
            PostgresServer.execute(connection, "set session characteristics as transaction read write");
            PostgresServer.execute(connection, SETTING + " reset default_transaction_read_only");
            PostgresServer.terminateOthers(connection);
        }
    }
}
