package org.offerstorm.core.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Certificates and a private key in the textual form of RFC 7468. Messages quote nothing of a key. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";
    private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519", "Ed448");

    private Pem() {}

    /** Whether the content is meant to be PEM. */
    static boolean isPem(byte[] content) {
        return text(content).contains("-----BEGIN ");
    }

    /**
     * All certificates, in their order.
     *
     * @throws IllegalArgumentException if there is none
     */
    static List<Certificate> certificates(byte[] content) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(text(content));
        while (block.find()) {
            if (block.group(1).equals(CERTIFICATE)) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(der(block))));
            }
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("no block -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    /**
     * The first private key.
     *
     * @param password null if the key is not encrypted
     * @throws IllegalArgumentException if there is none that can be used; the message says what to do
     */
    static PrivateKey key(byte[] content, char[] password) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text(content));
        while (block.find()) {
            switch (block.group(1)) {
                case KEY -> {
                    return key(new PKCS8EncodedKeySpec(der(block)));
                }
                case ENCRYPTED_KEY -> {
                    return key(decrypted(der(block), password));
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
                    throw new IllegalArgumentException("has a key of an older form (" + block.group(1)
                            + "); openssl pkcs8 -topk8 -in FILE makes the form of PKCS #8");
                default -> {
                    // a certificate, or parameters of a curve
                }
            }
        }
        throw new IllegalArgumentException(
                "has no private key in the form of PKCS #8 (-----BEGIN PRIVATE KEY-----); append it");
    }

    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // of another algorithm
            }
        }
        throw new IllegalArgumentException("has a key that is none of " + String.join(", ", ALGORITHMS));
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] der, char[] password) throws GeneralSecurityException {
        if (password == null) {
            throw new IllegalArgumentException("has an encrypted key; name its password");
        }
        try {
            EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
            // With PBES2 the parameters name the algorithm, and the name is that of the whole scheme.
            String algorithm = encrypted.getAlgParameters() == null
                    ? encrypted.getAlgName()
                    : encrypted.getAlgParameters().toString();
            SecretKeyFactory factory;
            try {
                factory = SecretKeyFactory.getInstance(encrypted.getAlgName());
            } catch (GeneralSecurityException e) {
                factory = SecretKeyFactory.getInstance(algorithm);
            }
            Cipher cipher = Cipher.getInstance(factory.getAlgorithm());
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    factory.generateSecret(new PBEKeySpec(password)),
                    encrypted.getAlgParameters());
            return encrypted.getKeySpec(cipher);
        } catch (java.io.IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "has an encrypted key that does not open with its password, or is encrypted in a way that this Java"
                            + " does not know (" + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private static byte[] der(Matcher block) {
        return Base64.getMimeDecoder().decode(block.group(2));
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
