package org.offerstorm.dashboard.search;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.offerstorm.dashboard.search.SearchRequest.Order;

/**
 * Seals Solr's cursor marks. Solr unpacks a mark as binary data, so none may reach it that it has not made itself. The key
 * lives as long as the process: a cursor does not outlive it. Safe for use by several threads.
 */
final class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SEAL = 12;
    private static final int MAX_LENGTH = 4_000;

    private final SecretKeySpec key;

    Cursors(SecureRandom random) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** What users get. */
    String seal(String mark, Order order) {
        byte[] text = mark.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(mac(text, order), SEAL + text.length);
        System.arraycopy(text, 0, sealed, SEAL, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** @throws BadSearch if it is not from here, or from a search in another order */
    String open(String cursor, Order order) {
        try {
            byte[] sealed = cursor.length() > MAX_LENGTH
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(cursor);
            if (sealed.length > SEAL) {
                byte[] text = Arrays.copyOfRange(sealed, SEAL, sealed.length);
                if (MessageDigest.isEqual(Arrays.copyOf(sealed, SEAL), Arrays.copyOf(mac(text, order), SEAL))) {
                    return new String(text, StandardCharsets.UTF_8);
                }
            }
        } catch (IllegalArgumentException e) {
            // not base64: the exception below says so
        }
        throw new BadSearch(
                "cursor is not from this search, or the server has been restarted since; start the search again");
    }

    private byte[] mac(byte[] text, Order order) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(order.name().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0); // ends the name, so it cannot continue into the text
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
