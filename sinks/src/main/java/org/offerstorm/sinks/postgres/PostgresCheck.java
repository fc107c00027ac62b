package org.offerstorm.sinks.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks at a database once after connecting: what could not keep the offers is refused. */
final class PostgresCheck {
    /** conf/postgres has a file for each version up to this one. */
    static final int SCHEMA_VERSION = 1;

    static final String ENCODING = "UTF8";

    private PostgresCheck() {}

    /** Why nothing must be written here, or null. */
    static String refusal(Connection jdbc, PostgresConfig config) throws SQLException {
        String encoding;
        String table;
        try (Statement statement = jdbc.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('server_encoding'),"
                        + " current_setting('transaction_read_only'), to_regclass('schema_version')")) {
            row.next();
            encoding = row.getString(1);
            table = row.getString(3);
            if (row.getBoolean(2)) {
                return "is read-only: a replica, or default_transaction_read_only is on; name the primary in"
                        + " postgres.url";
            }
        }
        if (!encoding.equals(ENCODING)) {
            return "has the encoding " + encoding + ", which lacks characters of offers; create the database with"
                    + " encoding 'UTF8' and template template0";
        }
        if (table == null) {
            return "has no tables of Offerstorm, or this role may not use schema " + config.schema()
                    + "; run 'offerstorm setup', and give the role its rights (docs/postgres.md lists them)";
        }
        return version(schemaVersion(jdbc));
    }

    /** Newest version of the tables that was installed; 0 if none. */
    static int schemaVersion(Connection jdbc) throws SQLException {
        try (Statement statement = jdbc.createStatement();
                ResultSet row = statement.executeQuery("select coalesce(max(version), 0) from schema_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static String version(int found) {
        if (found == SCHEMA_VERSION) {
            return null;
        }
        return "has tables of version " + found + ", this program writes version " + SCHEMA_VERSION
                + (found < SCHEMA_VERSION
                        ? "; run 'offerstorm setup' of this program"
                        : "; use the program that made them, or a newer one");
    }
}
