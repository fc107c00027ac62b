package org.offerstorm.local.cluster.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** The rights that {@code deploy/security/kafka-acls.sh} gives: what it would call Kafka's own script with, as Kafka's client has it. */
final class KafkaRights {
    private static final String PRINCIPAL = "User:";

    private KafkaRights() {}

    /**
     * Of each role, and all of them for {@link ClusterRole#EVERYTHING}.
     *
     * @param script the file
     * @throws IOException if it does not run, or says what is not known here
     */
    static Set<AclBinding> of(Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
        builder.environment().put("KAFKA_ACLS", "echo");
        Process process = builder.start();
        String calls = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(script + " failed: " + calls.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + script + " ran", e);
        }
        Set<AclBinding> rights = new LinkedHashSet<>();
        for (String call : calls.lines().filter(line -> !line.isBlank()).toList()) {
            for (AclBinding right : ofCall(call.split(" ", -1))) {
                rights.add(right);
                rights.add(new AclBinding(
                        right.pattern(),
                        entry(ClusterRole.EVERYTHING.user(), right.entry().operation())));
            }
        }
        return rights;
    }

    private static List<AclBinding> ofCall(String[] words) throws IOException {
        String principal = null;
        List<AclOperation> operations = new ArrayList<>();
        ResourcePattern resource = null;
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "--add" -> {}
                case "--allow-principal" -> principal = words[++i].substring(PRINCIPAL.length());
                case "--operation" -> operations.add(SecurityUtils.operation(words[++i]));
                case "--cluster" -> resource = pattern(ResourceType.CLUSTER, Resource.CLUSTER_NAME);
                case "--topic" -> resource = pattern(ResourceType.TOPIC, words[++i]);
                case "--group" -> resource = pattern(ResourceType.GROUP, words[++i]);
                case "--transactional-id" -> resource = pattern(ResourceType.TRANSACTIONAL_ID, words[++i]);
                default -> throw new IOException("not known here: " + words[i] + " of " + String.join(" ", words));
            }
        }
        List<AclBinding> rights = new ArrayList<>();
        for (AclOperation operation : operations) {
            if (operation == AclOperation.UNKNOWN || principal == null || resource == null) {
                throw new IOException("this is no right: " + String.join(" ", words));
            }
            rights.add(new AclBinding(resource, entry(principal, operation)));
        }
        return rights;
    }

    private static ResourcePattern pattern(ResourceType type, String name) {
        return new ResourcePattern(type, name, PatternType.LITERAL);
    }

    private static AccessControlEntry entry(String user, AclOperation operation) {
        return new AccessControlEntry(PRINCIPAL + user, "*", operation, AclPermissionType.ALLOW);
    }
}
