package org.offerstorm.sinks.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The place of an offer in the state: the first {@value #LENGTH} bytes of the SHA-256 of its id, of which 6 choose the
 * bucket and 8 are the field. A cryptographic hash, for ids come from outside and must not be made to collide at will.
 * Not safe for use by several threads.
 */
final class OfferHash {
    static final int LENGTH = 14;

    private final MessageDigest sha256;

    OfferHash() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    void put(String id, ByteBuffer to) {
        to.put(sha256.digest(id.getBytes(StandardCharsets.UTF_8)), 0, LENGTH);
    }
}
