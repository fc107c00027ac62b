package org.offerstorm.sinks.postgres;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where the tables are.
 *
 * @param url {@code postgresql://[user:password@]host:port/database[?sslmode=…]}; may name secrets, {@code ${file:path}}
 * @param schema schema of all tables
 * @param timeout deadline of one call, at most 5 s
 */
public record PostgresConfig(String url, String schema, Duration timeout) implements Serializable {}
