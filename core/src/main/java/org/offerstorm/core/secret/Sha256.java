package org.offerstorm.core.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, without the error that no Java has. */
public final class Sha256 {
    private Sha256() {}

    /** A new digest, for one thread. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Of these bytes. */
    public static byte[] of(byte[] bytes) {
        return digest().digest(bytes);
    }
}
