package org.offerstorm.local.trials.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.offerstorm.local.trials.chaos.site.Fault;
import org.offerstorm.local.trials.chaos.site.Site;
import org.offerstorm.sinks.changes.Changes;

/** Another producer takes the transactional id of the publisher of changes, again and again, and leaves transactions open. */
final class ChangesFenced implements Fault {
    private static final int TIMES = 5;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final List<Producer<byte[], byte[]>> others = new ArrayList<>();

    @Override
    public String name() {
        return "changes-fenced";
    }

    @Override
    public String description() {
        return "Five times within 10 s another producer takes the publisher's transactional id, as a second topology would,"
                + " and leaves a transaction open. The publisher takes it back; no change is missed or published twice.";
    }

    @Override
    public Duration lasts() {
        return Duration.ZERO;
    }

    @Override
    public Duration takes() {
        return BETWEEN.multipliedBy(TIMES).plusSeconds(12);
    }

    @Override
    public void inject(Site site) throws Exception {
        String topic = site.direct().of(Changes.KIND).topic();
        for (int i = 0; i < TIMES; i++) {
            Map<String, Object> settings = KafkaServer.login(site.direct());
            settings.put(
                    "transactional.id",
                    Changes.transactionalId(site.direct().source().group()));
            settings.put("max.block.ms", 20_000);
            settings.put("enable.metrics.push", false);
            Producer<byte[], byte[]> other =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            others.add(other);
            other.initTransactions();
            other.beginTransaction();
            other.send(new ProducerRecord<>(topic, 0, new byte[] {'x'}, new byte[] {'x'}))
                    .get();
            site.log("changes-fenced: taken, " + (i + 1) + " of " + TIMES);
            Thread.sleep(BETWEEN.toMillis());
        }
    }

    @Override
    public void heal(Site site) {
        others.forEach(other -> other.close(Duration.ZERO));
        others.clear();
    }
}
