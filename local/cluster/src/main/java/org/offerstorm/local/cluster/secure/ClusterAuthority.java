package org.offerstorm.local.cluster.secure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.offerstorm.local.servers.JavaCommand;

/**
 * A certificate authority in a directory, and what it certified; made with the JDK's keytool, for {@value #DAYS} days.
 *
 * <pre>
 *   ca.p12, ca.pem       the authority with all keys; its certificate
 *   trust.p12            its certificate alone, for servers that want a store
 *   store.password       of every store here
 *   NAME.p12             key and certificates of NAME
 *   NAME.key, NAME.crt   the same as PEM, not encrypted, for servers that want it so
 * </pre>
 */
final class ClusterAuthority {
    static final int DAYS = 3_650;

    private static final String CA = "ca";
    private static final String STORE_TYPE = "PKCS12";
    /** Of the key in the store NAME.p12; PostgreSQL's driver takes no other. */
    private static final String ALIAS = "user";

    private static final long KEYTOOL_SECONDS = 60;

    private final Path directory;

    ClusterAuthority(Path directory) {
        this.directory = directory;
    }

    Path certificate() {
        return directory.resolve("ca.pem");
    }

    Path password() {
        return directory.resolve("store.password");
    }

    Path trust() {
        return directory.resolve("trust.p12");
    }

    Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    Path certificate(String name) {
        return directory.resolve(name + ".crt");
    }

    /** Makes it if it is not there yet. */
    void make() throws IOException {
        if (Files.exists(certificate())) {
            return;
        }
        PrivateFiles.password(password());
        Files.deleteIfExists(store(CA)); // of a start that was killed
        keytool(CA, List.of("-dname", "CN=Offerstorm cluster", "-ext", "bc:c"));
        Certificate authority = certificates(load(), CA)[0];
        try {
            KeyStore trust = empty();
            trust.setCertificateEntry(CA, authority);
            write(trust, trust());
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
        PrivateFiles.write(certificate(), pem("CERTIFICATE", List.of(authority)));
    }

    /**
     * Certifies a new key for {@code name}, if that has none.
     *
     * @param hosts subject alternative names as keytool takes them: {@code dns:localhost,ip:127.0.0.1}
     */
    void certify(String name, String hosts) throws IOException {
        if (Files.exists(store(name))) {
            return;
        }
        KeyStore all = load();
        try {
            if (!all.containsAlias(name)) {
                keytool(name, List.of("-dname", "CN=" + name, "-ext", "san=" + hosts, "-signer", CA));
                all = load();
            }
            char[] word = PrivateFiles.password(password()).toCharArray();
            Key key = all.getKey(name, word);
            Certificate[] chain = certificates(all, name);
            PrivateFiles.write(key(name), pem("PRIVATE KEY", key.getEncoded()));
            PrivateFiles.write(certificate(name), pem("CERTIFICATE", List.of(chain)));
            KeyStore own = empty();
            own.setKeyEntry(ALIAS, key, word, chain);
            write(own, store(name));
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(STORE_TYPE);
        store.load(null, null);
        return store;
    }

    private void write(KeyStore store, Path file) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PrivateFiles.password(password()).toCharArray());
        PrivateFiles.write(file, bytes.toByteArray());
    }

    private Certificate[] certificates(KeyStore store, String name) throws IOException {
        try {
            return store.getCertificateChain(name);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private KeyStore load() throws IOException {
        try (InputStream in = Files.newInputStream(store(CA))) {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(in, PrivateFiles.password(password()).toCharArray());
            return store;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private IOException unusable(GeneralSecurityException e) {
        return new IOException("the keys in " + directory + " cannot be used: " + e.getMessage(), e);
    }

    private void keytool(String alias, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.home().resolve("bin").resolve("keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                Integer.toString(DAYS),
                "-storetype",
                STORE_TYPE,
                "-keystore",
                store(CA).toString(),
                "-storepass:file",
                password().toString()));
        command.addAll(more);
        Path output = directory.resolve("keytool.out");
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                keytool.destroyForcibly();
                throw new IOException(
                        "keytool failed: " + Files.readString(output).strip());
            }
        } catch (InterruptedException e) {
            keytool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for keytool", e);
        }
        Files.delete(output);
        Files.setPosixFilePermissions(store(CA), PosixFilePermissions.fromString("rw-------"));
    }

    private static byte[] pem(String kind, List<Certificate> certificates) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (Certificate certificate : certificates) {
                all.writeBytes(pem(kind, certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return all.toByteArray();
    }

    private static byte[] pem(String kind, byte[] der) {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
