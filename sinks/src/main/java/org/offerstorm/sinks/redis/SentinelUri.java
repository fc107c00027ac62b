package org.offerstorm.sinks.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * {@code redis-sentinel://[user:password@]host:port,host:port/master[/database]}: a master and its replicas, by the name
 * that their Sentinels know them by.
 *
 * @param tls whether Sentinels and servers are asked over TLS, {@code rediss-sentinel://}
 * @param user of the servers, not of the Sentinels; null if there is none
 * @param password of the servers; null if there is none
 * @param sentinels at least one
 * @param master its name
 */
record SentinelUri(
        boolean tls, String user, String password, List<HostAndPort> sentinels, String master, int database) {
    static final String FORM = "redis-sentinel://[user:password@]host:port,host:port,…/master[/database]";

    private static final Pattern SCHEME = Pattern.compile("(?i)rediss?[-+]sentinel:.*", Pattern.DOTALL);
    private static final Pattern PARTS = Pattern.compile("(?<scheme>rediss?-sentinel)://(?:(?<login>[^@/?#]*)@)?"
            + "(?<hosts>[^@/?#]+)(?:/(?<master>[A-Za-z0-9._-]+)(?:/(?<database>[0-9]{1,4}))?)?");

    /** Whether the text is meant as one. */
    static boolean is(String text) {
        return SCHEME.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if it is not one; the message does not quote it */
    static SentinelUri parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw wrong(
                    text.toLowerCase(Locale.ROOT).contains("sentinelmasterid")
                            ? "names the master in a parameter, or after #"
                            : "is not the address of Sentinels (special characters of a password are written %XX)");
        }
        if (parts.group("master") == null) {
            throw wrong("does not name the master that the Sentinels watch");
        }
        List<HostAndPort> sentinels = new ArrayList<>();
        for (String server : parts.group("hosts").split(",", -1)) {
            sentinels.add(server(server));
        }
        String login = parts.group("login");
        if (login != null && login.indexOf(':') < 0) {
            throw wrong("has a user without password");
        }
        URI decoded = uri(login == null ? "h" : login + "@h");
        return new SentinelUri(
                parts.group("scheme").startsWith("rediss"),
                JedisURIHelper.getUser(decoded),
                JedisURIHelper.getPassword(decoded),
                List.copyOf(sentinels),
                parts.group("master"),
                parts.group("database") == null ? 0 : Integer.parseInt(parts.group("database")));
    }

    private static HostAndPort server(String text) {
        URI uri = uri(text);
        if (uri.getHost() == null) {
            throw wrong("names a Sentinel without host (letters, digits, '-' and '.')");
        }
        if (uri.getPort() < 1 || uri.getPort() > 65_535) {
            throw wrong("names a Sentinel without a port from 1 to 65535");
        }
        return new HostAndPort(uri.getHost(), uri.getPort());
    }

    private static URI uri(String authority) {
        try {
            return new URI("redis://" + authority);
        } catch (URISyntaxException e) { // quotes the text
            throw wrong("is not a URI (special characters of a password are written %XX)");
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + "; write " + FORM);
    }

    /** For messages: {@code mymaster of 127.0.0.1:26379,127.0.0.1:26380}, never the password. */
    @Override
    public String toString() {
        return master + " of "
                + String.join(",", sentinels.stream().map(HostAndPort::toString).toList());
    }
}
