package org.offerstorm.sinks.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsContext;
import org.offerstorm.local.servers.testing.TestCertificate;

/** Files of every form, against a server that asks for a client's certificate. */
class TlsContextTest {
    private static final String WORD = "open-sesame";
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    /** Object identifier 1.2.840.113549.1.5.13. */
    private static final byte[] PBES2 = {6, 9, 42, (byte) 134, 72, (byte) 134, (byte) 247, 13, 1, 5, 13};

    @TempDir
    private static Path directory;

    private static TestCertificate ours;

    @BeforeAll
    static void certify() throws Exception {
        ours = TestCertificate.of(directory, "dns:localhost");
        Files.writeString(directory.resolve("word"), WORD + "\n");
        Files.writeString(directory.resolve("store-word"), TestCertificate.PASSWORD + "\n");
    }

    @Test
    void key_and_certificates_are_taken_from_pem_and_from_pkcs12() throws Exception {
        String trust = ours.certificate().toString();
        assertThat(shake(new Tls(trust, Tls.NONE, pem("plain", Files.readString(ours.key())), Tls.NONE)))
                .isNull();
        assertThat(shake(new Tls(trust, Tls.NONE, pem("encrypted", encryptedKey()), word("word"))))
                .isNull();
        assertThat(shake(new Tls(trust, Tls.NONE, ours.store().toString(), word("store-word"))))
                .isNull();
    }

    @Test
    void without_a_key_the_server_refuses() throws Exception {
        assertThat(shake(new Tls(ours.certificate().toString(), Tls.NONE, Tls.NONE, Tls.NONE)))
                .isNotNull();
    }

    @Test
    void one_context_holds_until_a_file_changes() throws Exception {
        Path trust = Files.copy(ours.certificate(), directory.resolve("trust.pem"));
        TlsContext context = new TlsContext(new Tls(trust.toString(), Tls.NONE, Tls.NONE, Tls.NONE));
        SSLContext first = context.get();
        assertThat(context.get()).isSameAs(first);

        Files.writeString(trust, "-----BEGIN CERTIFICATE-----\nhalf");
        assertThatThrownBy(context::get).isInstanceOf(Tls.Unusable.class).hasMessageContaining(trust.toString());

        Files.writeString(trust, "# renewed\n" + Files.readString(ours.certificate()));
        assertThat(context.get()).isNotSameAs(first).isSameAs(context.get());
    }

    @Test
    void what_cannot_be_used_is_named_without_its_password() throws Exception {
        String trust = ours.certificate().toString();
        String older = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n";

        assertThat(problem(new Tls(trust, Tls.NONE, pem("older", older), Tls.NONE)))
                .contains("key store", "older form", "openssl pkcs8 -topk8");
        assertThat(problem(new Tls(trust, Tls.NONE, pem("none", ""), Tls.NONE))).contains("no private key");
        assertThat(problem(new Tls(trust, Tls.NONE, pem("unread", encryptedKey()), Tls.NONE)))
                .contains("encrypted key; name its password");
        assertThat(problem(new Tls(trust, Tls.NONE, pem("wrong", encryptedKey()), word("store-word"))))
                .contains("does not open with its password")
                .doesNotContain(TestCertificate.PASSWORD);
        assertThat(problem(new Tls(trust, Tls.NONE, ours.store().toString(), word("word"))))
                .contains("store.p12", "password")
                .doesNotContain(WORD);
        assertThat(problem(new Tls(ours.store().toString(), word("store-word"), Tls.NONE, Tls.NONE)))
                .contains("trust store", "no certificate of an authority");
        assertThat(problem(new Tls(directory.toString(), Tls.NONE, Tls.NONE, Tls.NONE)))
                .contains("trust store", "cannot be read");
        assertThat(problem(new Tls(directory.resolve("word").toString(), Tls.NONE, Tls.NONE, Tls.NONE)))
                .contains("neither PEM nor a store")
                .doesNotContain(WORD);
        assertThat(problem(new Tls(trust, Tls.NONE, ours.store().toString(), "${file:/nowhere/word}")))
                .contains("${file:/nowhere/word}");
    }

    private static String problem(Tls tls) {
        try {
            new TlsContext(tls).get();
        } catch (Secrets.Unresolved e) {
            return e.getMessage();
        }
        throw new AssertionError("taken: " + tls);
    }

    private static String word(String file) {
        return "${file:" + directory.resolve(file) + "}";
    }

    private static String pem(String name, String key) throws IOException {
        return Files.writeString(directory.resolve(name + ".pem"), key + Files.readString(ours.certificate()))
                .toString();
    }

    private static String encryptedKey() throws Exception {
        byte[] der = Base64.getMimeDecoder()
                .decode(Files.readString(ours.key())
                        .replaceAll("-----[A-Z ]+-----", "")
                        .strip());
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(WORD.toCharArray())));
        byte[] key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(der))
                .getEncoded();
        byte[] scheme = sequence(PBES2, cipher.getParameters().getEncoded());
        byte[] encrypted = sequence(scheme, element(OCTET_STRING, cipher.doFinal(key)));
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(encrypted) + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }

    private static byte[] sequence(byte[] first, byte[] second) throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write(second);
        return element(SEQUENCE, both.toByteArray());
    }

    /** DER, up to 65,535 bytes. */
    private static byte[] element(int tag, byte[] content) throws IOException {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length});
        der.write(content);
        return der.toByteArray();
    }

    /** Null if both sides agreed; else why not. */
    private static IOException shake(Tls tls) throws Exception {
        SSLContext server = ours.shown();
        try (SSLServerSocket listening = (SSLServerSocket)
                server.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setNeedClientAuth(true);
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                    socket.getOutputStream().write(1);
                } catch (IOException e) {
                    // the client notices
                }
            });
            try (SSLSocket socket = (SSLSocket) new TlsContext(tls)
                    .get()
                    .getSocketFactory()
                    .createSocket(InetAddress.getLoopbackAddress(), listening.getLocalPort())) {
                return socket.getInputStream().read() == 1 ? null : new IOException("closed");
            } catch (IOException e) {
                return e;
            } finally {
                answered.join();
            }
        }
    }
}
