package org.offerstorm.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * By whose key a request was sent. It keeps hashes, and no key. Immutable; any thread may ask.
 *
 * <p>Headers come from anybody: no text in them makes a method here throw.
 */
public final class ApiKeys {
    /** Who sent a request where no keys are configured. */
    public static final String ANYBODY = "anybody";

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final int SHORTEST = 16;

    /** Hashes of the keys: of equal length, so comparing them takes the same time regardless of what was sent. */
    private final Map<String, byte[]> hashes = new LinkedHashMap<>();

    /**
     * Resolves the references.
     *
     * @param option path of the option that has them, {@code ingest.keys}, for messages
     * @param references name of an owner to a reference to the owner's key; empty: everybody is {@link #ANYBODY}
     * @throws IllegalArgumentException if a key is missing, has fewer than 16 characters or others than visible ASCII, or is
     *     another owner's too; the message names option and owner, or the reference, and holds no key
     */
    public ApiKeys(String option, Map<String, String> references) {
        Secrets.resolve(references).forEach((name, key) -> {
            if (key.length() < SHORTEST || !key.matches("[!-~]+")) {
                throw new IllegalArgumentException("the key that " + option + "." + name + " names must have at least "
                        + SHORTEST + " characters, ASCII without blanks; make one with 'openssl rand -hex 24'");
            }
            byte[] hash = hash(key);
            if (hashes.values().stream().anyMatch(other -> Arrays.equals(other, hash))) {
                throw new IllegalArgumentException("the key that " + option + "." + name
                        + " names is also that of another name; give each its own");
            }
            hashes.put(name, hash);
        });
    }

    /** Whether there are none, so that everybody may send requests. */
    public boolean isEmpty() {
        return hashes.isEmpty();
    }

    /**
     * The owner of the key that a program sent, {@code Bearer KEY}; empty if nobody has such a key.
     *
     * @param authorization the request's header of this name; null if it has none
     */
    public Optional<String> ofBearer(String authorization) {
        return isEmpty() ? Optional.of(ANYBODY) : owner(after(BEARER, authorization));
    }

    /**
     * As {@link #ofBearer}, or of the key that somebody typed into a browser: the password of {@code Basic}, with any name of
     * a user.
     *
     * @param authorization the request's header of this name; null if it has none
     */
    public Optional<String> ofBearerOrBasic(String authorization) {
        return ofBearer(authorization).or(() -> owner(password(after(BASIC, authorization))));
    }

    /** What comes after the scheme, which may be in any case; empty if it is another. */
    private static String after(String scheme, String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, scheme, 0, scheme.length())
                ? authorization.substring(scheme.length()).strip()
                : "";
    }

    /** Of the Base64 of {@code user:password}; empty if it is something else. */
    private static String password(String base64) {
        try {
            String login = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = login.indexOf(':');
            return colon < 0 ? "" : login.substring(colon + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Optional<String> owner(String key) {
        byte[] hash = hash(key);
        String owner = null;
        for (Map.Entry<String, byte[]> known : hashes.entrySet()) { // all of them, found or not
            if (MessageDigest.isEqual(known.getValue(), hash)) {
                owner = known.getKey();
            }
        }
        return Optional.ofNullable(owner);
    }

    private static byte[] hash(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    }
}
