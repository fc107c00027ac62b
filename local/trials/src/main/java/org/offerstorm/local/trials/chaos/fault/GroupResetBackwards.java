package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;

/** An operator ends the topology, resets its group to read some of the topic again, and submits it again. */
final class GroupResetBackwards implements Fault {
    private static final int MOST_RECORDS_BACK = 5_000;

    private boolean toSubmit;

    @Override
    public String name() {
        return "group-reset-backwards";
    }

    @Override
    public String description() {
        return "The topology is killed, its group's offsets are reset up to 5,000 records back, as kafka-consumer-groups does,"
                + " and it is submitted again. It reads them again, and nothing counts twice.";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public boolean endsWorkers() {
        return true;
    }

    @Override
    public void inject(Site site) throws Exception {
        toSubmit = true;
        site.must("kill");
        String group = site.direct().source().group();
        try (Admin admin = KafkaServer.connect(site.direct())) {
            Map<TopicPartition, OffsetAndMetadata> reset = new HashMap<>();
            KafkaServer.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, committed) -> {
                        long back = site.random().nextInt(MOST_RECORDS_BACK);
                        reset.put(partition, new OffsetAndMetadata(Math.max(0, committed.offset() - back)));
                    });
            KafkaServer.get(admin.alterConsumerGroupOffsets(group, reset).all());
            site.log("group-reset-backwards: to " + reset);
        }
    }

    @Override
    public void heal(Site site) {
        if (toSubmit) {
            site.must("submit");
            toSubmit = false;
        }
    }
}
