package org.offerstorm.local.servers;

import java.util.List;

/**
 * What a server has in addition to {@link EmbeddedPostgres}' settings.
 *
 * @param settings lines of {@code postgresql.conf}, for instance {@code ssl = on}
 * @param access lines of {@code pg_hba.conf}, which come before the usual ones
 */
public record PostgresOptions(List<String> settings, List<String> access) {
    public static final PostgresOptions NONE = new PostgresOptions(List.of(), List.of());

    public PostgresOptions {
        settings = List.copyOf(settings);
        access = List.copyOf(access);
    }
}
