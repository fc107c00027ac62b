package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** Nobody may write to the dead-letter topic, while bad records keep coming. */
final class DeadLettersDenied implements Fault {
    private static final String ANYBODY = "User:*";
    private static final String ANYWHERE = "*";

    @Override
    public String name() {
        return "dead-letters-denied";
    }

    @Override
    public String description() {
        return "For 15 s an access control list of Kafka denies writing to the dead-letter topic, while bad records come. The"
                + " stream waits rather than drop one.";
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void inject(Site site) throws Exception {
        ResourcePattern topic = new ResourcePattern(
                ResourceType.TOPIC, site.direct().deadLetters().topic(), PatternType.LITERAL);
        try (Admin admin = KafkaServer.connect(site.direct())) {
            KafkaServer.get(admin.createAcls(List.of(
                            // With a list, what it does not allow is denied.
                            entry(topic, AclOperation.ALL, AclPermissionType.ALLOW),
                            entry(topic, AclOperation.WRITE, AclPermissionType.DENY)))
                    .all());
        }
    }

    @Override
    public void heal(Site site) throws Exception {
        ResourcePattern topic = new ResourcePattern(
                ResourceType.TOPIC, site.direct().deadLetters().topic(), PatternType.LITERAL);
        try (Admin admin = KafkaServer.connect(site.direct())) {
            KafkaServer.get(
                    admin.deleteAcls(List.of(new AclBindingFilter(topic.toFilter(), AccessControlEntryFilter.ANY)))
                            .all());
        }
    }

    private static AclBinding entry(ResourcePattern topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(topic, new AccessControlEntry(ANYBODY, ANYWHERE, operation, permission));
    }
}
