package org.offerstorm.sinks.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code postgres.url} with its secrets resolved. Immutable.
 *
 * @param hosts {@code host:port} of each server, at least one; of several the primary is used
 * @param user null if the address names none
 * @param password null if the address names none
 * @param parameters those after the question mark, by name; all are of {@link #PARAMETERS}
 */
record PostgresUrl(List<String> hosts, String user, String password, String database, Map<String, String> parameters) {
    /** How it is written. */
    static final String FORM =
            "postgresql://[user:password@]host:5432[,host:5432]/database[?sslmode=verify-full&sslrootcert=/path]";

    /** The names that psql has for them, too. */
    static final Set<String> PARAMETERS = Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");

    private static final Set<String> SSL_MODES = Set.of("disable", "prefer", "require", "verify-ca", "verify-full");
    private static final Pattern ADDRESS = Pattern.compile("postgres(?:ql)?://"
            + "(?:(?<user>[^:@/?#\\s]+)(?::(?<password>[^:@/?#\\s]*))?@)?"
            + "(?<hosts>[^@/?#\\s]+)"
            + "/(?<database>[^/?#\\s]+)"
            + "(?:\\?(?<parameters>[^?#\\s]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");
    private static final int DEFAULT_PORT = 5432;

    /**
     * Reads an address whose references are resolved.
     *
     * @throws IllegalArgumentException if it is none; the message says what to write, and quotes nothing of it
     */
    static PostgresUrl parse(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            throw wrong("is not an address of a database (special characters of a password are written %XX)");
        }
        List<String> hosts = List.of(address.group("hosts").split(",", -1)).stream()
                .map(PostgresUrl::host)
                .toList();
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = address.group("parameters");
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (equals < 0 || !PARAMETERS.contains(name)) {
                    throw wrong("has a parameter other than sslmode, sslrootcert, sslcert and sslkey");
                }
                parameters.put(name, decode(pair.substring(equals + 1)));
            }
        }
        if (!SSL_MODES.contains(parameters.getOrDefault("sslmode", "prefer"))) {
            throw wrong("has an sslmode other than disable, prefer, require, verify-ca and verify-full");
        }
        return new PostgresUrl(
                hosts,
                decode(address.group("user")),
                decode(address.group("password")),
                decode(address.group("database")),
                parameters);
    }

    /** Whether it names certificates or a key itself. */
    boolean namesFiles() {
        return parameters.containsKey("sslrootcert")
                || parameters.containsKey("sslcert")
                || parameters.containsKey("sslkey");
    }

    /** {@code host:port/database}, for messages. */
    String shown() {
        return String.join(",", hosts) + "/" + database;
    }

    private static String host(String text) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw wrong("names no host (letters, digits, '-', '_' and '.')");
        }
        String port = host.group("port");
        if (port == null) {
            return text + ":" + DEFAULT_PORT;
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw wrong("has no port from 1 to 65535");
        }
        return text;
    }

    private static String decode(String part) {
        if (part == null) {
            return null;
        }
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) { // quotes the text
            throw wrong("has a % without two hexadecimal digits");
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + "; write " + FORM);
    }
}
