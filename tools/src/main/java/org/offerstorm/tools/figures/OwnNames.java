package org.offerstorm.tools.figures;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names by which a worker may be asked. A web site that lets its own name point here (DNS rebinding) makes browsers send
 * that name, which is not one of the machine's and has a dot. An address, or a name without a dot, cannot be the name of such
 * a site: any of them will do, because operators have many for one machine.
 */
final class OwnNames {
    private static final Logger LOG = LoggerFactory.getLogger(OwnNames.class);
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+(%[^]]*)?]");
    private static final Pattern WITHOUT_DOT = Pattern.compile("[a-z0-9_-]+");

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    OwnNames(String... names) {
        add(names);
    }

    /**
     * What Storm calls this machine, and soon what the machine and its name server call it: a name server may take its time,
     * and a worker that starts does not wait for it.
     *
     * @param storm {@code storm.local.hostname}, or null
     * @param bound where the worker listens
     */
    static OwnNames of(String storm, InetAddress bound) {
        OwnNames names = new OwnNames();
        if (storm != null) {
            names.add(storm);
        }
        Thread asking = new Thread(
                () -> {
                    names.add(bound.getHostName(), bound.getCanonicalHostName());
                    try {
                        InetAddress local = InetAddress.getLocalHost();
                        names.add(local.getHostName(), local.getCanonicalHostName());
                    } catch (UnknownHostException e) {
                        LOG.debug("This machine's name has no address", e);
                    }
                },
                "figures-names");
        asking.setDaemon(true);
        asking.start();
        return names;
    }

    private void add(String... more) {
        for (String name : more) {
            names.add(plain(name));
        }
    }

    /** @param host of a request, with or without port */
    boolean include(String host) {
        String name = plain(host.replaceFirst(":[0-9]*$", ""));
        return WITHOUT_DOT.matcher(name).matches()
                || IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches()
                || names.contains(name);
    }

    private static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
