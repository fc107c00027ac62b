import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What an operator may do to a topic: {@code java -cp … KafkaFaults.java SERVERS TOPIC refuse | accept | delete-records}.
 * Nobody may write to it; everybody may again; all of its records are deleted. For alerts.sh.
 */
public final class KafkaFaults {
    public static void main(String[] arguments) throws Exception {
        String topic = arguments[1];
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[0], "enable.metrics.push", false))) {
            switch (arguments[2]) {
                case "refuse" -> deny(admin, topic);
                case "accept" -> allow(admin, topic);
                case "delete-records" -> deleteRecords(admin, topic);
                default -> throw new IllegalArgumentException(arguments[2]);
            }
        }
    }

    private static void deny(Admin admin, String topic) throws Exception {
        // With a list, what it does not allow is denied.
        admin.createAcls(List.of(
                        entry(topic, AclOperation.ALL, AclPermissionType.ALLOW),
                        entry(topic, AclOperation.WRITE, AclPermissionType.DENY)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private static void allow(Admin admin, String topic) throws Exception {
        admin.deleteAcls(List.of(new AclBindingFilter(pattern(topic).toFilter(), AccessControlEntryFilter.ANY)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private static AclBinding entry(String topic, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(pattern(topic), new AccessControlEntry("User:*", "*", operation, permission));
    }

    private static ResourcePattern pattern(String topic) {
        return new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL);
    }

    private static void deleteRecords(Admin admin, String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(30, TimeUnit.SECONDS)
                .get(topic)
                .partitions()
                .forEach(partition -> ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
        admin.listOffsets(ends)
                .all()
                .get(30, TimeUnit.SECONDS)
                .forEach((partition, end) -> records.put(partition, RecordsToDelete.beforeOffset(end.offset())));
        admin.deleteRecords(records).all().get(30, TimeUnit.SECONDS);
        System.out.println("deleted: " + records);
    }
}
