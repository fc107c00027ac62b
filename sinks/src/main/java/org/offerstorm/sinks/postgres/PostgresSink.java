package org.offerstorm.sinks.postgres;

import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;

/** Writes each chunk in one transaction. Called by one thread, the bolt's executor. */
public final class PostgresSink implements Sink {
    private final PostgresConnection connection;
    private final String group;

    /** Does not connect. */
    PostgresSink(PostgresConfig config, String group) {
        this.connection = new PostgresConnection(config);
        this.group = group;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public WriteResult write(Chunk<Change> chunk) {
        return new WriteResult.Retryable("not written yet for group " + group, null);
    }

    @Override
    public void close() {
        connection.close();
    }
}
