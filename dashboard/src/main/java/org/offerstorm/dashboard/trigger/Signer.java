package org.offerstorm.dashboard.trigger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.offerstorm.core.config.TriggersConfig;
import org.offerstorm.core.secret.Secrets;

/**
 * Signs messages as the specification of Standard Webhooks has it (standardwebhooks.com): HMAC-SHA256 over id, time and body,
 * so that a receiver knows who sent it, and refuses one that was changed, or is older than some minutes. Any thread.
 */
final class Signer {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    /** The specification asks for 24 to 64 bytes. */
    private static final int LEAST_BYTES = 24;

    private final String key;

    /** @param key a reference to it, resolved with each message; {@link TriggersConfig#NOT_SIGNED} for none */
    Signer(String key) {
        this.key = key;
    }

    /**
     * Headers of a message; none if messages are not signed.
     *
     * @param id the same however often it is sent
     * @param seconds now, since 1970
     * @throws Secrets.Unresolved if the key is missing here, or is none; the message quotes nothing of it
     */
    Map<String, String> headers(String id, long seconds, byte[] body) {
        if (key.equals(TriggersConfig.NOT_SIGNED)) {
            return Map.of();
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(), ALGORITHM));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "webhook-id",
                    id,
                    "webhook-timestamp",
                    Long.toString(seconds),
                    "webhook-signature",
                    "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** What the reference names cannot be used. */
    private static final class NoKey extends Secrets.Unresolved {
        private static final long serialVersionUID = 1L;

        NoKey(String message) {
            super(message, null);
        }
    }

    private byte[] bytes() {
        String text = Secrets.resolve(key).strip();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
        } catch (IllegalArgumentException e) { // quotes a character
            bytes = new byte[0];
        }
        if (bytes.length < LEAST_BYTES) {
            throw new NoKey("triggers.signing-key: what " + key + " contains is no key; write " + PREFIX
                    + " and the Base64 of 24 to 64 random bytes");
        }
        return bytes;
    }
}
