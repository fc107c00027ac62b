package org.offerstorm.tools.targets;

import java.util.Locale;

/**
 * A process that serves figures.
 *
 * @param address {@code HOST:PORT}, an IPv6 address in brackets
 * @param topology that it works for; empty if none is known
 */
public record ScrapeTarget(String address, Role role, String topology) {
    /** What the process is. */
    public enum Role {
        /** A worker of a topology. */
        WORKER,
        /** Where a worker may run. */
        SLOT,
        /** A dashboard. */
        DASHBOARD;

        /** As it is in the file. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A worker of a topology. */
    public static ScrapeTarget worker(String host, int port, String topology) {
        return new ScrapeTarget(address(host, port), Role.WORKER, topology);
    }

    /** A place for a worker. */
    public static ScrapeTarget slot(String host, int port) {
        return new ScrapeTarget(address(host, port), Role.SLOT, "");
    }

    /** A dashboard at {@code HOST:PORT}. */
    public static ScrapeTarget dashboard(String address) {
        return new ScrapeTarget(address, Role.DASHBOARD, "");
    }

    private static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
