import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What an operator may do to a topic: {@code java -cp … KafkaFaults.java SERVERS TOPIC limit BYTES | delete-records}. It takes
 * no larger records from now on, and what held before is printed; all of its records are deleted. For alerts.sh.
 */
public final class KafkaFaults {
    private static final String LIMIT = "max.message.bytes";

    public static void main(String[] arguments) throws Exception {
        String topic = arguments[1];
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", arguments[0], "enable.metrics.push", false))) {
            switch (arguments[2]) {
                case "limit" -> {
                    System.out.println("limit " + limit(admin, topic));
                    limit(admin, topic, arguments[3]);
                }
                case "delete-records" -> deleteRecords(admin, topic);
                default -> throw new IllegalArgumentException(arguments[2]);
            }
        }
    }

    private static ConfigResource config(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static String limit(Admin admin, String topic) throws Exception {
        return admin.describeConfigs(List.of(config(topic)))
                .all()
                .get(30, TimeUnit.SECONDS)
                .get(config(topic))
                .get(LIMIT)
                .value();
    }

    private static void limit(Admin admin, String topic, String bytes) throws Exception {
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(LIMIT, bytes), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(config(topic), List.of(set))).all().get(30, TimeUnit.SECONDS);
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
