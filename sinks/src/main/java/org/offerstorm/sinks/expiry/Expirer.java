package org.offerstorm.sinks.expiry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.model.CommitMetadata;
import org.offerstorm.core.model.Source;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.sinks.withdrawal.Corrections;
import org.offerstorm.sinks.withdrawal.RecordIds;
import org.offerstorm.sinks.withdrawal.RecordsAt;
import org.offerstorm.sinks.withdrawal.TopicTail;
import org.offerstorm.sinks.withdrawal.TopicWriter;
import org.offerstorm.sinks.withdrawal.Withdrawal;

/**
 * Withdraws due offers by deletions in the topic. An offer is withdrawn only if the store's version is the newest record of
 * it in the log: below the committed floors the store has everything, and the log above them is read, up to the deletion
 * itself. There is one expirer for each group; the newest ends the others.
 */
public final class Expirer implements Expiry {
    /** Header of the deletions, for people who ask why an offer is gone; its text names the field that says so. */
    public static final String HEADER = "offerstorm.expired";

    /** So much unread log is too much to look through in a transaction: the stream catches up first. */
    static final long MOST_BEHIND = 100_000;

    private static final int OFFSET_BITS = 48;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SourceConfig config;
    private final String store;
    private final DueOffers offers;
    private final RecordIds ids;
    private final InstantSource clock;
    private int skip;
    private TopicWriter writer;

    /**
     * @param store name of the sink that {@code offers} are of, as it is committed with the floors
     * @param ids which offers the topic's records are of
     */
    public Expirer(SourceConfig config, String store, DueOffers offers, RecordIds ids, InstantSource clock) {
        this.config = config;
        this.store = store;
        this.offers = offers;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Round round() throws IOException {
        List<DueOffer> page = offers.due(clock.instant(), skip, TopicWriter.BATCH);
        if (page.isEmpty()) {
            skip = 0;
            return new Round(0, false);
        }
        boolean more = page.size() == TopicWriter.BATCH;
        int expired;
        try {
            expired = withdraw(page);
        } catch (KafkaException e) {
            drop();
            throw new IOException(advice(e), e);
        } catch (RuntimeException e) { // such as a registry that is away: a transaction may be open
            drop();
            throw e;
        }
        // Those that cannot be withdrawn yet must not hide the ones after them.
        skip = more ? skip + page.size() - expired : 0;
        return new Round(expired, more);
    }

    @Override
    public void close() {
        drop();
    }

    private int withdraw(List<DueOffer> page) throws IOException {
        Floors floors = floors();
        // After the floors, so the store has all that is below them.
        List<DueOffer> newest = offers.newest(page);
        if (newest.isEmpty()) {
            return 0;
        }
        List<Withdrawal> withdrawals = located(newest, floors.source());
        try (TopicTail tail = new TopicTail(config, floors.offsets(), PATIENCE)) {
            long behind = 0;
            for (Map.Entry<Integer, Long> end : tail.ends().entrySet()) {
                behind += Math.max(0, end.getValue() - floors.offsets().get(end.getKey()));
            }
            if (behind > MOST_BEHIND) {
                throw new IOException(
                        "the stream is " + behind + " offsets behind; offers expire when it has caught up");
            }
            if (writer == null) {
                writer =
                        TopicWriter.open(config, transactionalId(config), Map.entry(HEADER, "valid_through"), PATIENCE);
            }
            return writer.delete(withdrawals, tail, new NewerRecords(ids, withdrawals))
                    .size();
        }
    }

    /** Of the one expirer that a group has. */
    static String transactionalId(SourceConfig config) {
        return "offerstorm.expiry." + config.group();
    }

    /**
     * Where the offers' records are. Producers of other makes choose partitions otherwise than Kafka's own, and so do all
     * if the key is not the id: then an offer whose record is not found stays, because a deletion in another partition could
     * have a higher offset than a later correction.
     */
    private List<Withdrawal> located(List<DueOffer> newest, Source source) {
        Map<Integer, Map<Long, byte[]>> guesses = new TreeMap<>();
        List<Withdrawal> found = new ArrayList<>(newest.size());
        Map<String, Withdrawal> open = new HashMap<>();
        for (DueOffer offer : newest) {
            byte[] key = offer.id().getBytes(StandardCharsets.UTF_8);
            int partition = Utils.toPositive(Utils.murmur2(key)) % source.partitions();
            if (offer.version() >>> OFFSET_BITS == source.epoch()) {
                long offset = offer.version() & ((1L << OFFSET_BITS) - 1);
                guesses.computeIfAbsent(partition, p -> new TreeMap<>()).put(offset, key);
                open.put(offer.id(), new Withdrawal(key, partition, offset));
            } else if (ids.areKeys()) {
                found.add(new Withdrawal(key, partition, -1)); // of an earlier topic: this one has no record of it
            }
        }
        try (RecordsAt log = new RecordsAt(config, PATIENCE)) {
            guesses.forEach((partition, keys) -> find(log, partition, open, found, keys.keySet()));
            for (int partition = 0; partition < source.partitions() && !open.isEmpty(); partition++) {
                find(
                        log,
                        partition,
                        open,
                        found,
                        open.values().stream().map(Withdrawal::offset).toList());
            }
        }
        if (ids.areKeys()) {
            found.addAll(
                    open.values()); // their records are gone; a deletion with a higher offset is right in any partition
        }
        return found;
    }

    private void find(
            RecordsAt log,
            int partition,
            Map<String, Withdrawal> open,
            List<Withdrawal> found,
            Collection<Long> offsets) {
        long[] sorted = offsets.stream().mapToLong(Long::longValue).sorted().toArray();
        log.read(partition, sorted, record -> {
            byte[] key = ids.of(record);
            if (key != null) {
                String id = new String(key, StandardCharsets.UTF_8);
                Withdrawal wanted = open.get(id);
                if (wanted != null && wanted.offset() == record.offset()) {
                    open.remove(id);
                    found.add(new Withdrawal(key, partition, record.offset()));
                }
            }
        });
    }

    /**
     * Up to where the store has everything.
     *
     * @param offsets by partition
     */
    private record Floors(Source source, Map<Integer, Long> offsets) {}

    private Floors floors() throws IOException {
        Map<String, Object> properties = new HashMap<>(Secrets.resolve(config.properties()));
        properties.keySet().retainAll(AdminClientConfig.configNames());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        try (Admin admin = Admin.create(properties)) {
            TopicDescription topic = get(admin.describeTopics(List.of(config.topic()))
                    .topicNameValues()
                    .get(config.topic()));
            Map<TopicPartition, OffsetAndMetadata> commits =
                    get(admin.listConsumerGroupOffsets(config.group()).partitionsToOffsetAndMetadata());
            Source source = new Source(
                    config.topic(),
                    topic.topicId().toString(),
                    config.epoch(),
                    topic.partitions().size());
            Map<Integer, Long> floors = new HashMap<>();
            for (int partition = 0; partition < source.partitions(); partition++) {
                OffsetAndMetadata commit = commits.get(new TopicPartition(config.topic(), partition));
                if (commit == null || !isOf(source, commit)) {
                    throw new IOException("group " + config.group() + " has committed no floor of this stream for "
                            + config.topic() + "-" + partition + " yet; offers expire when it has");
                }
                floors.put(partition, commit.offset());
            }
            return new Floors(source, floors);
        }
    }

    private boolean isOf(Source source, OffsetAndMetadata commit) {
        return CommitMetadata.parse(commit.metadata())
                .filter(made -> made.topicId().equals(source.topicId())
                        && made.epoch() == source.epoch()
                        && made.sinks().contains(store))
                .isPresent();
    }

    private static <T> T get(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get(PATIENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for Kafka", e);
        }
    }

    private String advice(KafkaException e) {
        if (TopicWriter.isFenced(e)) {
            return "another expirer of group " + config.group() + " has begun; does the topology run twice?";
        }
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return "topic " + config.topic() + " at " + config.bootstrapServers() + " took no deletions ("
                + said.replace('\n', ' ')
                + "); see whether Kafka is up, and whether the topic and the transactional id "
                + transactionalId(config) + " may be written";
    }

    private void drop() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    /** Records of the page's offers after those that the store has. */
    private static final class NewerRecords implements Corrections {
        private final RecordIds ids;
        private final Map<String, Withdrawal> byId;
        private final Set<String> corrected = new HashSet<>();

        NewerRecords(RecordIds ids, List<Withdrawal> withdrawals) {
            this.ids = ids;
            byId = withdrawals.stream().collect(Collectors.toMap(NewerRecords::id, withdrawal -> withdrawal));
        }

        @Override
        public void saw(ConsumerRecord<byte[], byte[]> record) {
            byte[] key = ids.of(record);
            if (key == null) {
                return;
            }
            String id = new String(key, StandardCharsets.UTF_8);
            Withdrawal withdrawal = byId.get(id);
            if (withdrawal != null
                    && (record.offset() > withdrawal.offset() || record.partition() != withdrawal.partition())) {
                corrected.add(id);
            }
        }

        @Override
        public boolean isCorrected(Withdrawal withdrawal) {
            return corrected.contains(id(withdrawal));
        }

        private static String id(Withdrawal withdrawal) {
            return new String(withdrawal.key(), StandardCharsets.UTF_8);
        }
    }
}
