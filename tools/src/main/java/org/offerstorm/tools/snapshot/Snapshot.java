package org.offerstorm.tools.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.offerstorm.core.text.Quote;
import org.offerstorm.formats.RecordParsers;
import org.offerstorm.sinks.withdrawal.Corrections;
import org.offerstorm.sinks.withdrawal.RecordIds;
import org.offerstorm.sinks.withdrawal.RecordsAt;
import org.offerstorm.sinks.withdrawal.TopicRecord;
import org.offerstorm.sinks.withdrawal.TopicTail;
import org.offerstorm.sinks.withdrawal.TopicWriter;
import org.offerstorm.sinks.withdrawal.Withdrawal;
import org.offerstorm.tools.produce.Input;
import org.offerstorm.tools.produce.KafkaUnreachable;
import org.offerstorm.tools.produce.OfferProducer;
import org.offerstorm.tools.produce.Pacer;
import org.offerstorm.tools.produce.ProducerSettings;
import org.offerstorm.tools.produce.RecordReader;
import org.offerstorm.tools.verify.TopicReader;

/**
 * One run over a full export. May be killed at any point and run again: what is done already is equal then. A second run of
 * the same source ends the first. One thread; used once.
 */
public final class Snapshot {
    /** Header of the records that a snapshot sends; its text is the source's name. */
    public static final String HEADER = "offerstorm.snapshot";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BATCH_BYTES = 4 << 20;
    private static final long BATCH_NANOS = Duration.ofSeconds(1).toNanos();

    private final SnapshotSettings settings;
    private final SnapshotFile file;
    private final RecordIds ids;
    private final Consumer<String> phases;
    private final OfferStates states = new OfferStates();
    private final FileCheck check = new FileCheck();
    private final List<Input.Skipped> tooLarge = new ArrayList<>();
    private Uuid topicId;
    private int partitions;
    private SortedMap<Integer, Long> ends;
    private long owned;
    private long gone;
    private long others;
    private long bare;
    private long sent;
    private long deleted;
    private long corrected;

    /** @param phases receives what is done now, for people */
    public Snapshot(SnapshotSettings settings, SnapshotFile file, Consumer<String> phases) {
        this.settings = settings;
        this.file = file;
        this.ids = RecordIds.of(
                settings.dataSet(), () -> RecordParsers.of(settings.dataSet()).create());
        this.phases = phases;
    }

    /**
     * Compares, and unless it is a dry run sends and deletes.
     *
     * @throws KafkaUnreachable if Kafka cannot be reached, or went away
     * @throws IOException if the file cannot be read to its end, in which case nothing was sent
     */
    public SnapshotResult run() throws IOException {
        TopicDescription topic = topic();
        topicId = topic.topicId();
        partitions = topic.partitions().size();
        try (TopicWriter writer = settings.dryRun() ? null : open()) {
            return run(writer);
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private TopicDescription topic() throws KafkaUnreachable {
        return OfferProducer.topic(ProducerSettings.of(settings.topic(), 0));
    }

    /** Before the topic is read: from now on, no other run of this source changes it. */
    private TopicWriter open() {
        return TopicWriter.open(
                settings.topic(), transactionalId(settings), Map.entry(HEADER, settings.source()), PATIENCE);
    }

    static String transactionalId(SnapshotSettings settings) {
        return HEADER + "." + settings.topic().topic() + "." + settings.source();
    }

    /** @param writer null: a dry run */
    private SnapshotResult run(TopicWriter writer) throws IOException {
        phases.accept("reading topic " + settings.topic().topic());
        fold();
        phases.accept("comparing the file");
        compare();
        count();
        String refused = refusal();
        if (refused != null || writer == null) {
            return result(
                    refused == null ? refusalOfDeletions() : refused, writer == null ? goneExamples() : List.of());
        }
        refused = refusalOfDeletions();
        phases.accept("sending what is new or changed");
        boolean same = send(writer);
        if (!same) {
            refused = "the file changed while it was read; nothing was deleted, run it again";
        } else if (!topic().topicId().equals(topicId)) {
            refused = "topic " + settings.topic().topic()
                    + " was deleted and created again meanwhile; nothing was deleted from the new one, run it again";
        }
        if (refused == null) {
            phases.accept("deleting what is gone");
            delete(writer);
        }
        return result(refused, List.of());
    }

    private SnapshotResult result(String refused, List<String> examples) {
        return new SnapshotResult(
                check, owned, gone, examples, others, bare, sent, deleted, corrected, tooLarge, refused);
    }

    private void fold() throws IOException {
        try (TopicReader reader = new TopicReader(settings.topic(), partitions)) {
            SortedMap<Integer, Long> begins = reader.begins();
            ends = reader.ends();
            reader.read(begins, ends, record -> {
                byte[] id = ids.of(record);
                if (id != null) {
                    states.fold(id, record.partition(), record.offset(), record.value(), origin(record));
                }
            });
        } catch (IOException e) {
            throw new KafkaUnreachable(e.getMessage(), e);
        }
    }

    private int origin(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return OfferStates.BARE;
        }
        return new String(header.value(), StandardCharsets.UTF_8).equals(settings.source()) ? OfferStates.OWNED : 0;
    }

    private boolean isOurs(int slot) {
        return states.is(slot, OfferStates.OWNED) || (settings.adopt() && states.is(slot, OfferStates.BARE));
    }

    private void compare() throws IOException {
        MessageDigest digest = digest();
        try (RecordReader reader = file.open()) {
            for (Input input = reader.next(); input != null; input = reader.next()) {
                if (input instanceof Input.Skipped skipped) {
                    check.skip(skipped);
                } else {
                    Input.Item item = (Input.Item) input;
                    update(digest, item);
                    if (!item.isDeletion()) { // else it says that the offer is not there, as if the line was missing
                        compare(item);
                    }
                }
            }
        }
        check.digest = digest.digest();
    }

    private void compare(Input.Item item) {
        int slot = states.add(item.key());
        long value = states.hash(item.value());
        if (states.is(slot, OfferStates.IN_FILE)) {
            if (states.value(slot) == value) {
                check.repeated++;
            } else {
                check.conflicts++;
                FileCheck.example(check.conflictExamples, "line " + item.line() + ", id " + Quote.of(item.key()));
            }
            return;
        }
        check.records++;
        check.rowNumbers &= isRowNumber(item.key());
        boolean live = states.is(slot, OfferStates.LIVE);
        states.set(slot, OfferStates.IN_FILE);
        if (live && states.value(slot) == value) {
            if (settings.adopt() && states.is(slot, OfferStates.BARE)) {
                check.adopted++;
                states.set(slot, OfferStates.TO_SEND);
                return;
            }
            check.equal++;
            check.equalOfOthers += states.is(slot, OfferStates.OWNED) ? 0 : 1;
            return;
        }
        if (live) {
            check.changed++;
            FileCheck.example(check.changedExamples, Quote.of(item.key()));
        } else {
            check.created++;
            FileCheck.example(check.createdExamples, Quote.of(item.key()));
        }
        states.set(slot, OfferStates.TO_SEND);
        states.setValue(slot, value);
    }

    /** {@code 17} or {@code row-17} for the seventeenth. */
    private boolean isRowNumber(byte[] key) {
        String id = new String(key, StandardCharsets.UTF_8);
        return id.equals(Long.toString(check.records)) || id.equals("row-" + check.records);
    }

    private boolean isGone(int slot) {
        return states.isUsed(slot)
                && states.is(slot, OfferStates.LIVE)
                && !states.is(slot, OfferStates.IN_FILE)
                && isOurs(slot);
    }

    private void count() {
        for (int slot = 0; slot < states.slots(); slot++) {
            if (states.isUsed(slot) && states.isInTopic(slot) && states.is(slot, OfferStates.LIVE)) {
                if (isOurs(slot)) {
                    owned++;
                    gone += isGone(slot) ? 1 : 0;
                } else if (!states.is(slot, OfferStates.IN_FILE)) {
                    others++;
                    bare += states.is(slot, OfferStates.BARE) ? 1 : 0;
                }
            }
        }
    }

    /** Why nothing may be sent; null if it may. */
    private String refusal() {
        if (check.conflicts > 0) {
            return number(check.conflicts) + (check.conflicts == 1 ? " record has an id" : " records have ids")
                    + " that came before with another value; nothing was sent: which of them is right?";
        }
        if (check.skippedCount > 0 && settings.strict()) {
            return "nothing was sent: " + unknownIds();
        }
        if (refusalOfDeletions() == null && !settings.maxDeletions().allows(gone, owned)) {
            return number(gone) + " of the " + number(owned) + " offers of source " + settings.source()
                    + " would be deleted, more than --max-deletions " + settings.maxDeletions()
                    + "; nothing was sent: is the file complete? If so, allow them with --max-deletions " + gone;
        }
        return null;
    }

    /** Why only new and changed offers are certain; null if deletions are, too. */
    private String refusalOfDeletions() {
        if (check.skippedCount > 0) {
            return "nothing was deleted: " + unknownIds();
        }
        return check.records == 0 ? "nothing was deleted: the file holds no offer" : null;
    }

    private String unknownIds() {
        return number(check.skippedCount) + (check.skippedCount == 1 ? " line" : " lines")
                + " cannot become records, and the ids in them are unknown; correct the file and run it again";
    }

    /** Reads the file again; returns whether it was the same. */
    private boolean send(TopicWriter writer) throws IOException {
        MessageDigest digest = digest();
        Pacer pacer = new Pacer(settings.perSecond());
        Batch batch = new Batch(writer);
        try (RecordReader reader = file.open()) {
            for (Input input = reader.next(); input != null; input = reader.next()) {
                if (input instanceof Input.Item item) {
                    update(digest, item);
                    int slot = item.isDeletion() ? -1 : states.find(item.key());
                    if (slot >= 0 && states.is(slot, OfferStates.TO_SEND) && !states.is(slot, OfferStates.SENT)) {
                        states.set(slot, OfferStates.SENT);
                        pacer.await();
                        batch.add(item, states.isInTopic(slot) ? states.partition(slot) : null);
                    }
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("interrupted; run it again");
                }
            }
        }
        batch.send();
        return Arrays.equals(digest.digest(), check.digest);
    }

    /** Records of one transaction. */
    private final class Batch {
        private final TopicWriter writer;
        private final List<TopicRecord> records = new ArrayList<>();
        private final List<Long> lines = new ArrayList<>();
        private long bytes;
        private long begun;

        Batch(TopicWriter writer) {
            this.writer = writer;
        }

        void add(Input.Item item, Integer partition) {
            if (records.isEmpty()) {
                begun = System.nanoTime();
            }
            records.add(new TopicRecord(partition, item.key(), item.value()));
            lines.add(item.line());
            bytes += item.key().length + item.value().length;
            if (records.size() == TopicWriter.BATCH || bytes > BATCH_BYTES || System.nanoTime() - begun > BATCH_NANOS) {
                send();
            }
        }

        void send() {
            if (!records.isEmpty()) {
                List<Integer> refused = writer.put(records);
                refused.forEach(index -> tooLarge.add(new Input.Skipped(
                        lines.get(index), "the topic takes no record as long as this (max.message.bytes)")));
                sent += records.size() - refused.size();
                records.clear();
                lines.clear();
                bytes = 0;
            }
        }
    }

    private void delete(TopicWriter writer) {
        if (gone == 0) {
            return;
        }
        Corrections corrections = new TableCorrections();
        try (TopicTail tail = new TopicTail(settings.topic(), ends, PATIENCE);
                RecordsAt log = new RecordsAt(settings.topic(), PATIENCE)) {
            for (Map.Entry<Integer, long[]> part : gone().entrySet()) {
                long[] offsets = part.getValue();
                for (int from = 0; from < offsets.length; from += TopicWriter.BATCH) {
                    int to = Math.min(offsets.length, from + TopicWriter.BATCH);
                    List<Withdrawal> batch = new ArrayList<>();
                    log.read(part.getKey(), Arrays.copyOfRange(offsets, from, to), record -> {
                        byte[] id = ids.of(record);
                        int slot = id == null ? -1 : states.find(id);
                        if (slot >= 0 && isGone(slot)) { // unless the topic was created again, as all of them are
                            batch.add(new Withdrawal(id, record.partition(), record.offset()));
                        }
                    });
                    int done = writer.delete(batch, tail, corrections).size();
                    deleted += done;
                    corrected += batch.size() - done;
                }
            }
        }
    }

    /** Ascending offsets of the newest records of what is gone, by partition. */
    private Map<Integer, long[]> gone() {
        Map<Integer, LongStream.Builder> offsets = new TreeMap<>();
        for (int slot = 0; slot < states.slots(); slot++) {
            if (isGone(slot)) {
                offsets.computeIfAbsent(states.partition(slot), partition -> LongStream.builder())
                        .add(states.offset(slot));
            }
        }
        Map<Integer, long[]> sorted = new TreeMap<>();
        offsets.forEach((partition, stream) ->
                sorted.put(partition, stream.build().sorted().toArray()));
        return sorted;
    }

    private List<String> goneExamples() {
        List<String> examples = new ArrayList<>();
        try (RecordsAt log = new RecordsAt(settings.topic(), PATIENCE)) {
            for (Map.Entry<Integer, long[]> part : gone().entrySet()) {
                int left = FileCheck.MOST_EXAMPLES - examples.size();
                long[] offsets = part.getValue();
                log.read(part.getKey(), Arrays.copyOf(offsets, Math.min(left, offsets.length)), record -> {
                    byte[] id = ids.of(record);
                    examples.add(id == null ? "" : Quote.of(id));
                });
            }
        }
        return examples;
    }

    private final class TableCorrections implements Corrections {
        @Override
        public void saw(ConsumerRecord<byte[], byte[]> record) {
            byte[] id = ids.of(record);
            int slot = id == null ? -1 : states.find(id);
            if (slot >= 0) {
                states.set(slot, OfferStates.CORRECTED);
            }
        }

        @Override
        public boolean isCorrected(Withdrawal withdrawal) {
            int slot = states.find(withdrawal.key());
            return slot < 0 || states.is(slot, OfferStates.CORRECTED);
        }
    }

    private IOException failure(KafkaException e) {
        if (TopicWriter.isFenced(e)) {
            return new IOException("another snapshot of source " + settings.source() + " has begun on topic "
                    + settings.topic().topic() + "; this one ended after " + number(sent) + " records and "
                    + number(deleted) + " deletions");
        }
        String said = e.getMessage() == null ? e.toString() : e.getMessage().replace('\n', ' ');
        return new KafkaUnreachable(
                "Kafka at " + settings.topic().bootstrapServers() + " did not confirm all (" + said + "), after "
                        + number(sent) + " records and " + number(deleted)
                        + " deletions that it did; run it again. It needs the right to write the topic, and to write and"
                        + " describe the transactional id " + transactionalId(settings),
                e);
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, Input.Item item) {
        digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(item.key().length).flip());
        digest.update(item.key());
        int length = item.isDeletion() ? -1 : item.value().length;
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        if (!item.isDeletion()) {
            digest.update(item.value());
        }
    }
}
