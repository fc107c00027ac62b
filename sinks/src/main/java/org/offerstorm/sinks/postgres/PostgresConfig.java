package org.offerstorm.sinks.postgres;

import java.io.Serializable;
import java.time.Duration;
import org.offerstorm.core.tls.Tls;

/**
 * Where the tables are.
 *
 * @param url {@code postgresql://[user:password@]host:port/database[?sslmode=…]}; may name secrets, {@code ${file:path}}
 * @param schema schema of all tables
 * @param timeout deadline of one call, at most 5 s
 * @param tls where the URL names no files
 */
public record PostgresConfig(String url, String schema, Duration timeout, Tls tls) implements Serializable {
    /** With what the JVM is set to. */
    public PostgresConfig(String url, String schema, Duration timeout) {
        this(url, schema, timeout, Tls.OF_JAVA);
    }
}
