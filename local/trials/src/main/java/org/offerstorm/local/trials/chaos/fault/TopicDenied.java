package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
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
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;
import org.offerstorm.sinks.changes.Changes;

/** Nobody may write to a topic of the stream, while there is something to write. */
final class TopicDenied implements Fault {
    private static final String ANYBODY = "User:*";
    private static final String ANYWHERE = "*";

    private final String name;
    private final String description;
    private final Function<OfferstormConfig, String> topic;

    private TopicDenied(String name, String description, Function<OfferstormConfig, String> topic) {
        this.name = name;
        this.description = description;
        this.topic = topic;
    }

    static Fault deadLetters() {
        return new TopicDenied(
                "dead-letters-denied",
                "For 15 s an access control list of Kafka denies writing to the dead-letter topic, while bad records come."
                        + " The stream waits rather than drop one.",
                config -> config.deadLetters().topic());
    }

    static Fault changes() {
        return new TopicDenied(
                "changes-denied",
                "For 15 s an access control list of Kafka denies writing to the topic of changes. The stream waits, and"
                        + " then everything that piled up is published once.",
                config -> config.of(Changes.KIND).topic());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Duration lasts() {
        return Duration.ofSeconds(15);
    }

    @Override
    public void inject(Site site) throws Exception {
        ResourcePattern pattern = pattern(site);
        try (Admin admin = KafkaServer.connect(site.direct())) {
            KafkaServer.get(admin.createAcls(List.of(
                            // With a list, what it does not allow is denied.
                            entry(pattern, AclOperation.ALL, AclPermissionType.ALLOW),
                            entry(pattern, AclOperation.WRITE, AclPermissionType.DENY)))
                    .all());
        }
    }

    @Override
    public void heal(Site site) throws Exception {
        ResourcePattern pattern = pattern(site);
        try (Admin admin = KafkaServer.connect(site.direct())) {
            KafkaServer.get(
                    admin.deleteAcls(List.of(new AclBindingFilter(pattern.toFilter(), AccessControlEntryFilter.ANY)))
                            .all());
        }
    }

    private ResourcePattern pattern(Site site) {
        return new ResourcePattern(ResourceType.TOPIC, topic.apply(site.direct()), PatternType.LITERAL);
    }

    private static AclBinding entry(ResourcePattern topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(topic, new AccessControlEntry(ANYBODY, ANYWHERE, operation, permission));
    }
}
