package org.offerstorm.sinks.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the sink's role may do, and no more; docs/postgres.md lists the same. */
final class Rights {
    private static final String READ = "select";
    private static final String APPEND = "select, insert, update";
    private static final String CHANGE = "select, insert, update, delete";

    private static final List<Right> ALL = List.of(
            new Right("schema_version", READ),
            new Right("source_identity", APPEND),
            new Right("offerstorm_coverage", CHANGE),
            new Right("offers", CHANGE),
            new Right("offer_tombstones", CHANGE),
            new Right("offer_versions", APPEND),
            new Right("offer_counts", CHANGE));

    private static final String HAS_TABLE = "select bool_and(has_table_privilege(?, p)) from unnest(?::text[]) as p";

    private Rights() {}

    private record Right(String table, String privileges) {}

    /** The statements that give this role what it lacks; empty if it has all. */
    static List<String> missing(Connection jdbc, String schema) throws SQLException {
        List<String> missing = new ArrayList<>();
        String role;
        try (PreparedStatement statement = jdbc.prepareStatement("select quote_ident(current_user),"
                        + " has_database_privilege(current_database(), 'temporary'), quote_ident(current_database())");
                ResultSet row = statement.executeQuery()) {
            row.next();
            role = row.getString(1);
            if (!row.getBoolean(2)) {
                missing.add("grant temporary on database " + row.getString(3) + " to " + role);
            }
        }
        try (PreparedStatement statement = jdbc.prepareStatement(HAS_TABLE)) {
            for (Right right : ALL) {
                statement.setString(1, "\"" + schema + "\"." + right.table());
                statement.setArray(
                        2, jdbc.createArrayOf("text", right.privileges().split(", ", -1)));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (!row.getBoolean(1)) {
                        missing.add(
                                "grant " + right.privileges() + " on " + schema + "." + right.table() + " to " + role);
                    }
                }
            }
        }
        return missing;
    }
}
