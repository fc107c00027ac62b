package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who may send offers over HTTP, and how many.
 *
 * @param keys name of a sender to its API key, a reference to a secret ({@code ${env:NAME}}); empty: anybody on this machine
 * @param rate most items a second of each sender; 0 for no limit
 * @param hosts names of hosts, separated by commas; {@link #NO_HOSTS} for no further ones
 */
public record IngestConfig(Map<String, String> keys, int rate, String hosts) implements Serializable {
    /** {@link #hosts()} if there are none beyond what the address to listen on allows. */
    public static final String NO_HOSTS = DashboardConfig.NO_HOSTS;

    /** {@link #rate()} if there is no limit. */
    public static final int NO_LIMIT = 0;

    /** The names in {@link #hosts()}, in lower case. */
    public List<String> hostNames() {
        return hosts.equals(NO_HOSTS)
                ? List.of()
                : List.of(hosts.toLowerCase(Locale.ROOT).split(","));
    }
}
