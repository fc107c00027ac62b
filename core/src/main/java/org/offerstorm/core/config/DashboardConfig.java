package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * By which addresses people reach the dashboard.
 *
 * @param hosts names of hosts, separated by commas; {@link #NO_HOSTS} for no further ones
 * @param path where the pages are below a proxy's host, from {@code /} to {@code /}
 */
public record DashboardConfig(String hosts, String path) implements Serializable {
    /** {@link #hosts()} if there are none beyond what the address to listen on allows. */
    public static final String NO_HOSTS = "none";

    /** {@link #path()} if the dashboard has a host name for itself, or the proxy removes the prefix. */
    public static final String ROOT = "/";

    /** The names in {@link #hosts()}, in lower case. */
    public List<String> hostNames() {
        return hosts.equals(NO_HOSTS)
                ? List.of()
                : List.of(hosts.toLowerCase(Locale.ROOT).split(","));
    }
}
