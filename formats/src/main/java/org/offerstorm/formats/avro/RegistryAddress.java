package org.offerstorm.formats.avro;

import java.net.URI;
import org.offerstorm.core.secret.Secrets;

/**
 * Where a schema registry is, for requests and messages.
 *
 * @param url without a slash at its end, and without credentials
 */
record RegistryAddress(String url) {
    /**
     * @throws Secrets.Unresolved if it refers to something that is missing here
     * @throws IllegalArgumentException if it is not an http address; the message does not quote it
     */
    static RegistryAddress resolved(String text) {
        URI uri;
        try {
            uri = URI.create(Secrets.resolveUri(text));
        } catch (Secrets.Unresolved e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw malformed(); // without the cause: it quotes what a reference may have named
        }
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw malformed();
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "value.registry must not have user and password in it; write value.user and value.password");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new RegistryAddress(uri.getScheme() + "://" + uri.getRawAuthority() + path.replaceAll("/+$", ""));
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("value.registry must read http://host:8081 or https://host");
    }
}
