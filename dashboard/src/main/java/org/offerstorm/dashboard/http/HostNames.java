package org.offerstorm.dashboard.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** The names by which requests may address this server. Immutable. */
public final class HostNames {
    private final List<String> listed;
    private final boolean any;

    /**
     * Without a list, a server on the loopback interface answers to names of this machine only, and any other to all.
     *
     * @param listed in lower case; they and this machine's loopback names are answered, on any address
     */
    public HostNames(InetAddress bind, List<String> listed) {
        this.listed = listed;
        this.any = listed.isEmpty() && !bind.isLoopbackAddress();
    }

    /**
     * Whether a request for this name is answered.
     *
     * @param host as the request has it, without port; null if it has none
     */
    public boolean allow(String host) {
        String name = host == null ? "" : host.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) { // the same name, as DNS writes it in full
            name = name.substring(0, name.length() - 1);
        }
        return any || isLoopback(name) || listed.contains(name) || listed.contains("[" + name + "]");
    }

    private static boolean isLoopback(String name) {
        return name.equals("localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("[::1]")
                || name.equals("::1");
    }
}
