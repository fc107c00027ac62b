package org.offerstorm.local.servers.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server's certificate for one test, which is its own authority; made with the JDK's keytool, valid for a day.
 *
 * @param certificate PEM
 * @param key PEM, not encrypted
 * @param store PKCS12 with both; its password is {@link #PASSWORD}
 */
public record TestCertificate(Path certificate, Path key, Path store) {
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "server";

    /**
     * Makes one.
     *
     * @param directory for its files
     * @param names subject alternative names as keytool takes them: {@code dns:localhost,ip:127.0.0.1}
     */
    public static TestCertificate of(Path directory, String names) throws Exception {
        Path home = Files.createTempDirectory(directory, "certificate");
        Path store = home.resolve("store.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=offerstorm test",
                        "-ext",
                        "san=" + names,
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("keytool.out").toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            keytool.destroyForcibly();
            throw new IOException("keytool failed: " + Files.readString(home.resolve("keytool.out")));
        }
        KeyStore content = content(store);
        return new TestCertificate(
                pem(
                        home.resolve("server.crt"),
                        "CERTIFICATE",
                        content.getCertificate(ALIAS).getEncoded()),
                pem(
                        home.resolve("server.key"),
                        "PRIVATE KEY",
                        content.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                store);
    }

    /** For a server that shows this certificate; for a client that shows it too, and trusts it alone. */
    public SSLContext shown() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(content(store), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust(this).getTrustManagers(), null);
        return context;
    }

    /** For a client that trusts these certificates as authorities, and no other. */
    public static SSLContext trusting(TestCertificate... authorities) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(authorities).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trust(TestCertificate... authorities)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (TestCertificate authority : authorities) {
            trusted.setCertificateEntry(
                    authority.store().toString(), content(authority.store()).getCertificate(ALIAS));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust;
    }

    private static KeyStore content(Path store) throws IOException, GeneralSecurityException {
        KeyStore content = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            content.load(in, PASSWORD.toCharArray());
        }
        return content;
    }

    private static Path pem(Path file, String kind, byte[] der) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(der)
                        + "\n-----END " + kind + "-----\n");
    }
}
