package org.offerstorm.local.trials.chaos.fault;

import java.sql.Connection;
import java.time.Duration;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** The server's processes of the stream's connections are ended, as an operator or a failover does. */
final class PostgresTerminated implements Fault {
    private static final int TIMES = 10;
    private static final int LONGEST_PAUSE_MILLIS = 1_000;

    @Override
    public String name() {
        return "postgres-terminate";
    }

    @Override
    public String description() {
        return "Ten times pg_terminate_backend ends the stream's connections, in the midst of transactions. A chunk is"
                + " written whole or not at all.";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public void inject(Site site) throws Exception {
        int ended = 0;
        try (Connection connection = PostgresServer.connect(site.direct())) {
            for (int i = 0; i < TIMES; i++) {
                ended += PostgresServer.terminateOthers(connection);
                Thread.sleep(site.random().nextInt(LONGEST_PAUSE_MILLIS));
            }
        }
        site.log("postgres-terminate: " + ended + " connections ended");
    }

    @Override
    public void heal(Site site) {
        // The sink connects again by itself.
    }
}
