package org.offerstorm.core.option;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.offerstorm.core.secret.Secrets;

/**
 * The address of a server. Its messages never quote it: it may hold a password.
 *
 * @param form how it is written
 * @param schemes schemes that will do
 * @param needsPort whether a port must be named
 * @param credentials whether it may contain user and password
 * @param path what may follow host and port
 */
public record UriType(String form, Set<String> schemes, boolean needsPort, boolean credentials, Pattern path)
        implements ValueType<String> {
    @Override
    public String parse(String text) {
        if (credentials && Secrets.isReference(text)) {
            return text; // known on the worker alone
        }
        URI uri;
        try {
            uri = new URI(Secrets.replaceReferences(text, "x"));
        } catch (URISyntaxException e) { // quotes the text
            throw wrong("is not a URI" + (credentials ? " (special characters of a password are written %XX)" : ""));
        }
        if (uri.getScheme() == null || !schemes.contains(uri.getScheme())) {
            throw wrong(uri.getScheme() == null ? "has no scheme" : "has another scheme");
        }
        if (uri.getHost() == null) {
            throw wrong("names no host (letters, digits, '-' and '.')");
        }
        if (uri.getPort() > 65_535 || uri.getPort() == 0 || (needsPort && uri.getPort() < 0)) {
            throw wrong(uri.getPort() < 0 ? "names no port" : "has no port from 1 to 65535");
        }
        if (uri.getRawUserInfo() != null && !credentials) {
            throw wrong("has a user in it");
        }
        if (uri.getRawUserInfo() != null && uri.getRawUserInfo().indexOf(':') < 0) {
            throw wrong("has a user without password");
        }
        if (uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !path.matcher(uri.getRawPath()).matches()) {
            throw wrong("has a path, query or fragment that cannot be used");
        }
        return text;
    }

    @Override
    public String allowed() {
        return form;
    }

    @Override
    public boolean takesReferences() {
        return credentials;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + "; write " + form);
    }
}
