package org.offerstorm.ingest.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.offerstorm.core.secret.Secrets;

/** Who a request comes from, by its API key. Immutable. */
final class ApiKeys {
    /** The sender where no keys are configured. */
    static final String ANYBODY = "anybody";

    private static final String SCHEME = "Bearer ";
    private static final int SHORTEST = 16;

    /** Hashes of the keys: of equal length, so comparing them takes the same time regardless of what was sent. */
    private final Map<String, byte[]> hashes = new LinkedHashMap<>();

    /**
     * Resolves the secrets.
     *
     * @param keys name of a sender to a reference to its key; empty: everybody is {@link #ANYBODY}
     * @throws IllegalArgumentException if a secret is not there, is too short, or is another sender's too
     */
    ApiKeys(Map<String, String> keys) {
        Secrets.resolve(keys).forEach((name, key) -> {
            if (key.length() < SHORTEST || !key.matches("[!-~]+")) {
                throw new IllegalArgumentException("the key that ingest.keys." + name + " names must have at least "
                        + SHORTEST + " characters, ASCII without blanks; make one with 'openssl rand -hex 24'");
            }
            byte[] hash = hash(key);
            if (hashes.values().stream().anyMatch(other -> Arrays.equals(other, hash))) {
                throw new IllegalArgumentException(
                        "the key that ingest.keys." + name + " names is also another sender's; give each its own");
            }
            hashes.put(name, hash);
        });
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    /**
     * The name of the sender; null if there is none with this key.
     *
     * @param authorization the request's header of this name; null if it has none
     */
    String sender(String authorization) {
        if (isEmpty()) {
            return ANYBODY;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        byte[] hash = hash(authorization.substring(SCHEME.length()).strip());
        String sender = null;
        for (Map.Entry<String, byte[]> key : hashes.entrySet()) { // all of them, found or not
            if (MessageDigest.isEqual(key.getValue(), hash)) {
                sender = key.getKey();
            }
        }
        return sender;
    }

    static byte[] hash(String text) {
        return sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
