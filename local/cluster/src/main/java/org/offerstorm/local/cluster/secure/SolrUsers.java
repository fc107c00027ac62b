package org.offerstorm.local.cluster.secure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeSet;
import org.offerstorm.core.secret.Sha256;

/** The users of {@code deploy/security/solr-security.json}, with their passwords. */
final class SolrUsers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SALT_BYTES = 32;
    /** The file's role that may do all. */
    private static final String ADMINISTRATOR = "administrator";

    private SolrUsers() {}

    /**
     * Text of Solr's {@code security.json}. {@link ClusterRole#EVERYTHING} has every role of the file.
     *
     * @param file the file
     * @param passwords of each user
     */
    static String text(Path file, Map<String, String> passwords) throws IOException {
        ObjectNode all = (ObjectNode) JSON.readTree(file.toFile());
        ObjectNode credentials = (ObjectNode) all.at("/authentication/credentials");
        ObjectNode roles = (ObjectNode) all.at("/authorization/user-role");
        TreeSet<String> names = new TreeSet<>();
        roles.forEach(role -> names.add(role.textValue()));
        ArrayNode every = roles.putArray(ClusterRole.EVERYTHING.user());
        names.forEach(every::add);
        credentials.put(ClusterRole.EVERYTHING.user(), "");
        roles.set(ClusterRole.ADMINISTRATOR.user(), every.deepCopy().add(ADMINISTRATOR));
        credentials.put(ClusterRole.ADMINISTRATOR.user(), "");
        for (String user : new TreeSet<>(fields(credentials))) {
            String password = passwords.get(user);
            if (password == null) {
                throw new IOException("no role has the user " + user);
            }
            credentials.put(user, hash(password));
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    }

    private static TreeSet<String> fields(ObjectNode node) {
        TreeSet<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** As BasicAuthPlugin has it: SHA-256 of the SHA-256 of salt and password, then the salt, both in Base64. */
    private static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        MessageDigest once = Sha256.digest();
        once.update(salt);
        once.update(password.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(Sha256.of(once.digest())) + " "
                + Base64.getEncoder().encodeToString(salt);
    }
}
