package org.offerstorm.core.tls;

import java.io.Serializable;
import org.offerstorm.core.secret.Secrets;

/**
 * Which authorities a client trusts, and which certificate it shows if a server asks for one. Files are of the machine where
 * the connection is made; passwords may be references, {@code ${file:path}}. Immutable.
 *
 * @param trustStore path of a PEM file with certificates, or of a PKCS12 or JKS store; {@link #JAVA}: Java's own
 * @param trustStorePassword {@link #NONE} if there is none; PEM files have none
 * @param keyStore path of a PEM file with a key and its certificates, or of a PKCS12 or JKS store; {@link #NONE}: none is shown
 * @param keyStorePassword of the store and of the key in it; {@link #NONE} if there is none
 */
public record Tls(String trustStore, String trustStorePassword, String keyStore, String keyStorePassword)
        implements Serializable {
    /** Those that Java trusts, of its default file or of {@code javax.net.ssl.trustStore}. */
    public static final String JAVA = "java";

    /** No certificate, no password. */
    public static final String NONE = "none";

    /** Nothing is configured: what the JVM is set to. */
    public static final Tls OF_JAVA = new Tls(JAVA, NONE, NONE, NONE);

    /** Whether anything is configured. */
    public boolean isSet() {
        return !trustStore.equals(JAVA) || !keyStore.equals(NONE);
    }

    /**
     * A file cannot be used on this machine. The message says which, why, and what to do; it holds no secret. A stream holds
     * until it is repaired.
     */
    public static final class Unusable extends Secrets.Unresolved {
        Unusable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public String fix(String option) {
            return "repair that file here and on every worker, or correct security.tls (" + option
                    + " may have its own)";
        }
    }
}
