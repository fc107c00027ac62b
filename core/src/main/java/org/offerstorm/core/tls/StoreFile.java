package org.offerstorm.core.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import org.offerstorm.core.secret.Secrets;

/** A file of {@link Tls} as a store: PEM, PKCS12 or JKS, which its content tells. No message holds a password. */
final class StoreFile {
    /** What {@link Tls#trustStore()} is, in messages. */
    static final String TRUST = "the trust store";
    /** What {@link Tls#keyStore()} is, in messages. */
    static final String KEYS = "the key store";

    private static final int LARGEST = 4 << 20;
    private static final String ALIAS = "offerstorm";

    private StoreFile() {}

    /** @param password of the keys in the store */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Keys(KeyStore store, char[] password) {}

    /** The authorities. */
    static KeyStore trust(Tls tls) throws GeneralSecurityException {
        String file = tls.trustStore();
        byte[] content = content(TRUST, file);
        KeyStore store;
        if (Pem.isPem(content)) {
            store = empty(TRUST, file);
            int number = 0;
            for (Certificate authority : certificates(TRUST, file, content)) {
                store.setCertificateEntry(ALIAS + "-" + number++, authority);
            }
        } else {
            store = load(TRUST, file, password(tls.trustStorePassword()));
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.isCertificateEntry(alias)) {
                return store;
            }
        }
        throw wrong(
                TRUST,
                file,
                "has no certificate of an authority; write a PEM file with it, or put it in with keytool -importcert"
                        + (tls.trustStorePassword().equals(Tls.NONE) ? ", and name the store's password" : ""),
                null);
    }

    /** The key, and the certificates from its own to the authority's. */
    static Keys keys(Tls tls) throws GeneralSecurityException {
        String file = tls.keyStore();
        byte[] content = content(KEYS, file);
        char[] password = password(tls.keyStorePassword());
        if (!Pem.isPem(content)) {
            KeyStore store = load(KEYS, file, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return new Keys(store, password);
                }
            }
            throw wrong(KEYS, file, "has no private key; export key and certificate into it", null);
        }
        KeyStore store = empty(KEYS, file);
        List<Certificate> chain = certificates(KEYS, file, content);
        try {
            store.setKeyEntry(ALIAS, Pem.key(content, password), new char[0], chain.toArray(new Certificate[0]));
        } catch (IllegalArgumentException e) {
            throw wrong(KEYS, file, e.getMessage(), e);
        }
        return new Keys(store, new char[0]);
    }

    static Tls.Unusable unreadable(String what, String file, Exception cause) {
        return wrong(
                what,
                file,
                "cannot be read here (" + cause.getClass().getSimpleName()
                        + "); put it on every machine that runs a worker or a command, readable for it",
                cause);
    }

    private static Tls.Unusable wrong(String what, String file, String why, Exception cause) {
        return new Tls.Unusable(what + " " + file + " " + why, cause);
    }

    private static byte[] content(String what, String file) {
        Path path = TlsContext.path(what, file);
        try {
            if (Files.size(path) > LARGEST) {
                throw wrong(what, file, "is larger than 4 MiB, so it is another file", null);
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw unreadable(what, file, e);
        }
    }

    private static List<Certificate> certificates(String what, String file, byte[] content) {
        try {
            return Pem.certificates(content);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw wrong(what, file, "has no certificate that Java can read: " + e.getMessage(), e);
        }
    }

    private static KeyStore load(String what, String file, char[] password) throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(Path.of(file).toFile(), password);
        } catch (IOException | KeyStoreException e) {
            throw wrong(
                    what,
                    file,
                    e.getCause() instanceof java.security.UnrecoverableKeyException
                            ? "does not open with its password; correct the password"
                            : "is neither PEM nor a store that opens with its password ("
                                    + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private static KeyStore empty(String what, String file) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw unreadable(what, file, e);
        }
        return store;
    }

    private static char[] password(String configured) {
        return configured.equals(Tls.NONE) ? null : Secrets.resolve(configured).toCharArray();
    }
}
