package org.offerstorm.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;

/**
 * A server that takes clients over TLS alone, with a certificate and a password.
 *
 * @param certificate of the server, PEM
 * @param key of the server, PEM, not encrypted
 * @param authority whose certificates clients have, PEM
 * @param client key and certificate of a client, PKCS12, with the alias {@code user}; for {@link PostgresCommand#check}
 * @param clientPassword of that file
 * @param password of the role {@value EmbeddedPostgres#NAME}; letters and digits
 */
public record PostgresTls(
        Path certificate, Path key, Path authority, Path client, String clientPassword, String password) {

    /** Neither of the two passwords. */
    @Override
    public String toString() {
        return "certificate " + certificate;
    }

    /** Lines of {@code postgresql.conf}. */
    List<String> settings() {
        return List.of(
                "ssl = on", "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'", "ssl_ca_file = 'root.crt'");
    }

    /** All of {@code pg_hba.conf}. */
    static List<String> access() {
        return List.of("hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-ca");
    }

    /** The files that the settings name; the server wants the key for its owner alone. */
    void copyTo(Path data) throws IOException {
        Files.copy(certificate, data.resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key, data.resolve("server.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(authority, data.resolve("root.crt"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(data.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
    }

    /** Of the role {@value EmbeddedPostgres#NAME}, for JDBC. */
    Properties login() {
        Properties p = new Properties();
        p.setProperty("user", EmbeddedPostgres.NAME);
        p.setProperty("password", password);
        p.setProperty("sslmode", "verify-full");
        p.setProperty("sslrootcert", authority.toString());
        p.setProperty("sslkey", client.toString());
        p.setProperty("sslpassword", clientPassword);
        return p;
    }
}
