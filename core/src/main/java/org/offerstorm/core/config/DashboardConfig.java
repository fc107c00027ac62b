package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * By which addresses people reach the dashboard, who may read it, and what it watches.
 *
 * @param hosts names of hosts, separated by commas; {@link #NO_HOSTS} for no further ones
 * @param path where the pages are below a proxy's host, from {@code /} to {@code /}
 * @param keys name of a reader to the reader's key, a reference to a secret ({@code ${env:NAME}}); empty: everybody may read
 * @param workers addresses of workers' figures, {@code host:port,…}, or the path of a file that lists them; {@link
 *     #NO_WORKERS} for none
 * @param historyFile where the last day is kept over restarts; {@link #NO_FILE} if it is not
 */
public record DashboardConfig(String hosts, String path, Map<String, String> keys, String workers, String historyFile)
        implements Serializable {
    /** {@link #hosts()} if there are none beyond what the address to listen on allows. */
    public static final String NO_HOSTS = "none";

    /** {@link #path()} if the dashboard has a host name for itself, or the proxy removes the prefix. */
    public static final String ROOT = "/";

    /** {@link #workers()} if the pipeline is not watched. */
    public static final String NO_WORKERS = "none";

    /** {@link #historyFile()} if the last day is kept in memory only. */
    public static final String NO_FILE = "none";

    /** Whether {@link #workers()} is the path of a file. */
    public boolean workersAreInFile() {
        return isFile(workers);
    }

    /** The addresses in {@link #workers()} if it is no file. */
    public List<String> workerAddresses() {
        return workers.equals(NO_WORKERS) || workersAreInFile() ? List.of() : List.of(workers.split(",", -1));
    }

    /** Whether this value of {@link #workers()} is a path: it has a slash, or ends as such files do. */
    public static boolean isFile(String workers) {
        return workers.contains("/") || workers.endsWith(".json");
    }

    /** The names in {@link #hosts()}, in lower case. */
    public List<String> hostNames() {
        return hosts.equals(NO_HOSTS)
                ? List.of()
                : List.of(hosts.toLowerCase(Locale.ROOT).split(","));
    }
}
