package org.offerstorm.sinks.postgres;

import java.sql.SQLException;
import org.offerstorm.core.check.TlsAdvice;
import org.postgresql.util.PSQLException;

/** What errors of the server mean, by their SQLSTATE (PostgreSQL's documentation, appendix A). */
final class SqlStates {
    private static final String LOGIN =
            "correct user, password and database in postgres.url (special characters percent-encoded),"
                    + " and see pg_hba.conf of the server";

    private SqlStates() {}

    /** Whether it is about the data of a row: a text or a time that it cannot keep, a constraint, a limit. */
    static boolean isRefusal(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.startsWith("22") || state.startsWith("23") || state.equals("54000");
    }

    /** Whether the same may succeed at once: a serialization failure or a deadlock, of which one side goes on. */
    static boolean isConflict(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.equals("40001") || state.equals("40P01");
    }

    /** What the server said of a row, without the row. */
    static String refusal(SQLException error) {
        String message = error instanceof PSQLException server && server.getServerErrorMessage() != null
                ? server.getServerErrorMessage().getMessage()
                : error.getMessage();
        return message + " (SQLSTATE " + error.getSQLState() + ")";
    }

    /** What to do, one clause for people; null if it is not known. */
    static String advice(Throwable error) {
        String tls = TlsAdvice.of(error, "postgres.url", "leave sslmode out");
        if (tls != null) {
            return tls;
        }
        String text = PostgresConnection.describe(error);
        if (text.contains("hostnameverifier")) { // the driver's own check, after the handshake
            return "its certificate is for another host, so it was sent no password; write in postgres.url a name or"
                    + " address that the certificate contains, or give the server a certificate for this one";
        }
        if (text.contains("does not support SSL")) {
            return "the server there does not speak TLS; switch it on (ssl = on), or, without TLS, leave sslmode out";
        }
        if (text.contains("no password was provided")) {
            return LOGIN;
        }
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return advice(sql.getSQLState());
            }
        }
        return null;
    }

    private static String advice(String state) {
        return switch (state) {
            case "28P01", "28000" -> LOGIN;
            case "3D000" -> "create the database, or correct its name in postgres.url";
            case "3F000", "42P01", "42703" ->
                "run 'offerstorm setup' with a role that may create tables; if it was run, correct postgres.schema, or"
                        + " give this role the right to use the schema (docs/postgres.md)";
            case "42501" -> "give the role its rights; docs/postgres.md lists them";
            case "25006" -> "name the primary in postgres.url: this server is read-only";
            case "53300" -> "raise max_connections, or end other clients";
            case "53100" -> "make room on the server's disk";
            case "53200" -> "give the server more memory";
            case "55P03" -> "another transaction holds the row of source_identity; see pg_stat_activity";
            case "57014" -> "the server is slow; see its load, or raise postgres.timeout";
            case "57P03" -> "it is starting up; wait";
            case "57P01", "57P02", "25P03" -> "the server ended the connection; the next call makes another one";
            case "08001", "08004" -> "start PostgreSQL there, or correct postgres.url";
            case "08006" -> "see the server, and the network to it";
            default -> null;
        };
    }
}
