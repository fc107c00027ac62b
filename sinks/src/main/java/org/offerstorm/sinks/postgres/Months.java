package org.offerstorm.sinks.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** The partitions of {@code offer_versions}: one for each month, in UTC. */
final class Months {
    /** Months that setup makes, before and after this one. */
    static final int BEFORE = 12;

    static final int AFTER = 24;

    private Months() {}

    /** Those from {@code first} to {@code last} that have no partition. */
    static List<YearMonth> missing(Connection jdbc, YearMonth first, YearMonth last) throws SQLException {
        List<YearMonth> missing = new ArrayList<>();
        try (PreparedStatement exists = jdbc.prepareStatement("select to_regclass(?)")) {
            for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
                exists.setString(1, table(month));
                try (ResultSet row = exists.executeQuery()) {
                    row.next();
                    if (row.getString(1) == null) {
                        missing.add(month);
                    }
                }
            }
        }
        return missing;
    }

    /**
     * Makes the partition of a month, and moves there what the default partition has of it. No reader waits for it longer
     * than for the default partition; the caller keeps the writer away.
     */
    static void make(Connection jdbc, YearMonth month) throws SQLException {
        String from = "'" + month + "-01 00:00:00+00'";
        String to = "'" + month.plusMonths(1) + "-01 00:00:00+00'";
        try (Statement statement = jdbc.createStatement()) {
            statement.execute("create table " + table(month) + " (like offer_versions including all)");
            statement.execute("with moved as (delete from offer_versions_default where valid_from >= " + from
                    + " and valid_from < " + to + " returning *) insert into " + table(month) + " select * from moved");
            statement.execute("alter table offer_versions attach partition " + table(month) + " for values from ("
                    + from + ") to (" + to + ")");
        }
    }

    /** Its name: {@code offer_versions_2026_11}. */
    static String table(YearMonth month) {
        return "offer_versions_" + month.toString().replace('-', '_');
    }
}
