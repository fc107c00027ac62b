package org.offerstorm.core.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The context of a client's connections, made from files that are read again when they have changed: a renewed certificate
 * is shown, and an authority that was taken out is trusted no more, from the next connection on. Connections that are open
 * stay. Safe for use by several threads.
 */
public final class TlsContext {
    private final Tls tls;
    private SSLContext context;
    private List<Stamp> read = List.of();

    /** Reads nothing yet. */
    public TlsContext(Tls tls) {
        this.tls = tls;
    }

    /** A file as it was when it was read. */
    private record Stamp(FileTime modified, long bytes, Object key) {}

    /**
     * The same one until a file changes; if nothing is configured, the JVM's.
     *
     * @throws Tls.Unusable if a file is missing, unreadable, or not what it should be
     * @throws org.offerstorm.core.secret.Secrets.Unresolved if a password is a reference that leads nowhere here
     */
    public synchronized SSLContext get() {
        try {
            if (!tls.isSet()) {
                return SSLContext.getDefault();
            }
            List<Stamp> now = stamps();
            if (context == null || !now.equals(read)) {
                context = null; // what is no longer in the files is not used
                context = make();
                read = now;
            }
            return context;
        } catch (GeneralSecurityException e) {
            throw new Tls.Unusable("no TLS in this Java: " + e.getMessage(), e);
        }
    }

    private SSLContext make() throws GeneralSecurityException {
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(keys(), trust(), null);
        return made;
    }

    private TrustManager[] trust() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(tls.trustStore().equals(Tls.JAVA) ? null : StoreFile.trust(tls));
        return trust.getTrustManagers();
    }

    private KeyManager[] keys() throws GeneralSecurityException {
        if (tls.keyStore().equals(Tls.NONE)) {
            return null;
        }
        StoreFile.Keys keys = StoreFile.keys(tls);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys.store(), keys.password());
        return factory.getKeyManagers();
    }

    private List<Stamp> stamps() {
        List<Stamp> stamps = new ArrayList<>(2);
        if (!tls.trustStore().equals(Tls.JAVA)) {
            stamps.add(stamp(StoreFile.TRUST, tls.trustStore()));
        }
        if (!tls.keyStore().equals(Tls.NONE)) {
            stamps.add(stamp(StoreFile.KEYS, tls.keyStore()));
        }
        return stamps;
    }

    private static Stamp stamp(String what, String file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(what, file), BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException e) {
            throw StoreFile.unreadable(what, file, e);
        }
    }

    /** @throws Tls.Unusable if the text is no path here */
    static Path path(String what, String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw StoreFile.unreadable(what, file, e);
        }
    }
}
