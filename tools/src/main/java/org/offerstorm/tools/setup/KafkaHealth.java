package org.offerstorm.tools.setup;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.TlsAdvice;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.config.SourceConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Messages;
import org.offerstorm.spouts.StreamStart;

/** Kafka as the spout and the dead letters use it: brokers, both topics, permissions, and where the spout would begin. */
final class KafkaHealth implements Check {
    private static final String NAME = "kafka";
    private static final String PROPERTIES = "source.properties, dead-letters.properties or security.kafka";
    private static final String SETUP = "run 'offerstorm setup'";
    private static final String TOPIC = "--topic ";
    /** Without these the topology runs, and only a Redis that lost its data cannot be filled again. */
    private static final Set<String> RETENTION =
            Set.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG);

    private final OfferstormConfig config;
    private final Duration patience;
    private final SourceConfig source;
    private final String offers;
    private final String letters;

    /** @param patience of each request while Kafka listens */
    KafkaHealth(OfferstormConfig config, Duration patience) {
        this.config = config;
        this.patience = patience;
        this.source = config.source();
        this.offers = "topic " + source.topic();
        this.letters = "topic " + config.deadLetters().topic();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String where() {
        return source.bootstrapServers();
    }

    @Override
    public void run(Consumer<Finding> found) {
        try {
            if (brokers(found) && offersTopic(found)) {
                lettersTopic(found);
                start(found);
            }
        } catch (Secrets.Unresolved e) {
            found.accept(Finding.fail(NAME, where(), e.getMessage(), e.fix(PROPERTIES)));
        } catch (SslAuthenticationException e) {
            found.accept(Finding.fail(NAME, where(), "TLS fails: " + Messages.of(e), tlsAdvice(e)));
        } catch (AuthenticationException | AuthorizationException e) {
            found.accept(Finding.fail(
                    NAME, where(), "refuses: " + e.getMessage(), "correct the user, or permit what it names"));
        } catch (KafkaAdmin.Slow e) {
            found.accept(Finding.fail(
                    NAME, where(), Messages.of(e), "see the brokers' logs; workers would have to wait, too"));
        } catch (IOException | KafkaException e) {
            found.accept(Finding.fail(
                    NAME,
                    where(),
                    Messages.of(e),
                    Secrets.Unresolved.in(e)
                            .map(unresolved -> unresolved.fix(PROPERTIES))
                            .orElse("start Kafka there, or correct source.bootstrap-servers")));
        }
    }

    private static String tlsAdvice(SslAuthenticationException e) {
        return TlsAdvice.of(e, "source.bootstrap-servers (or advertised.listeners)", "leave security.protocol out");
    }

    private boolean brokers(Consumer<Finding> found) throws IOException {
        try (KafkaAdmin admin = new KafkaAdmin(source.bootstrapServers(), source.properties(), patience)) {
            DescribeClusterResult cluster = admin.client().describeCluster();
            Collection<Node> nodes = admin.get(cluster.nodes());
            Node controller = admin.get(cluster.controller());
            found.accept(
                    controller == null || controller.isEmpty()
                            ? Finding.fail(NAME, where(), "has no controller", "see the brokers' logs")
                            : Finding.ok(NAME, where(), nodes.size() == 1 ? "1 broker" : nodes.size() + " brokers"));
            return true;
        }
    }

    /** Whether it is there. */
    private boolean offersTopic(Consumer<Finding> found) throws IOException {
        Optional<TopicDescription> topic;
        try {
            topic = describe(source.topic(), source.properties());
        } catch (TopicAuthorizationException e) {
            found.accept(denied(offers, "describe and read", TOPIC + source.topic(), "describe", "read"));
            return false;
        }
        if (topic.isEmpty()) {
            found.accept(Finding.fail(offers, where(), "does not exist", SETUP + ", or correct source.topic"));
            return false;
        }
        int partitions = topic.get().partitions().size();
        served(offers, topic.get(), found);
        int tasks = config.topology().spoutTasks();
        if (tasks > partitions) {
            found.accept(Finding.fail(
                    offers,
                    where(),
                    "has " + partitions + " partitions, too few for " + tasks + " spout tasks",
                    "set topology.spout-tasks to " + partitions + " or less"));
        }
        permitted(offers, topic.get(), AclOperation.READ, "read", found);
        if (!permitted(offers, topic.get(), AclOperation.DESCRIBE_CONFIGS, "describeconfigs", found)) {
            return true;
        }
        try (KafkaTopics topics = new KafkaTopics(source.bootstrapServers(), source.properties(), patience)) {
            settings(
                    offers,
                    topics.inspectOffers(source.topic()),
                    partitions + " partitions, id " + topic.get().topicId(),
                    found);
        }
        return true;
    }

    private void lettersTopic(Consumer<Finding> found) throws IOException {
        String name = config.deadLetters().topic();
        Map<String, String> properties = config.deadLetters().properties();
        Optional<TopicDescription> topic;
        try {
            topic = describe(name, properties);
        } catch (TopicAuthorizationException e) {
            found.accept(denied(letters, "describe and write", TOPIC + name, "describe", "write"));
            return;
        }
        if (topic.isEmpty()) {
            found.accept(Finding.fail(letters, where(), "does not exist", SETUP + ", or correct dead-letters.topic"));
            return;
        }
        served(letters, topic.get(), found);
        permitted(letters, topic.get(), AclOperation.WRITE, "write", found);
        if (!permitted(letters, topic.get(), AclOperation.DESCRIBE_CONFIGS, "describeconfigs", found)) {
            return;
        }
        try (KafkaTopics topics = new KafkaTopics(source.bootstrapServers(), properties, patience)) {
            settings(letters, topics.inspectDeadLetters(name, source.topic()), "compacted", found);
        }
    }

    private Optional<TopicDescription> describe(String topic, Map<String, String> properties) throws IOException {
        try (KafkaAdmin admin = new KafkaAdmin(source.bootstrapServers(), properties, patience)) {
            return Optional.of(admin.get(admin.client()
                    .describeTopics(List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues()
                    .get(topic)));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    private void served(String name, TopicDescription topic, Consumer<Finding> found) {
        List<Integer> leaderless = topic.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .map(TopicPartitionInfo::partition)
                .toList();
        if (!leaderless.isEmpty()) {
            found.accept(Finding.fail(
                    name, where(), "no broker leads partitions " + leaderless, "start the brokers that hold them"));
        }
    }

    private boolean permitted(
            String name, TopicDescription topic, AclOperation operation, String word, Consumer<Finding> found) {
        Set<AclOperation> permitted = topic.authorizedOperations();
        if (permitted == null || permitted.contains(operation)) {
            return true;
        }
        String what = operation == AclOperation.DESCRIBE_CONFIGS ? "see its settings" : word;
        found.accept(denied(name, what, TOPIC + topic.name(), word));
        return false;
    }

    /** With the command that permits it. */
    private Finding denied(String name, String what, String resource, String... operations) {
        return Finding.fail(
                name,
                where(),
                "this user may not " + what,
                "kafka-acls.sh --bootstrap-server " + where() + " --add --allow-principal User:… --operation "
                        + String.join(" --operation ", operations) + " " + resource);
    }

    private void settings(String name, Optional<KafkaTopics.Outcome> outcome, String fine, Consumer<Finding> found) {
        List<KafkaTopics.Difference> differences =
                outcome.map(KafkaTopics.Outcome::differences).orElse(List.of());
        if (differences.isEmpty()) {
            found.accept(Finding.ok(name, where(), fine + ", settings as they must be"));
        }
        for (KafkaTopics.Difference difference : differences) {
            found.accept(
                    RETENTION.contains(difference.setting())
                            ? Finding.warn(name, where(), difference.problem(), difference.fix())
                            : Finding.fail(name, where(), difference.problem(), difference.fix()));
        }
    }

    private void start(Consumer<Finding> found) throws IOException {
        String name = "group " + source.group();
        StreamStart start;
        try {
            start = StreamStart.of(source, config.sinkNames(), config.coverage());
        } catch (IOException e) {
            if (!(e.getCause() instanceof GroupAuthorizationException)) {
                throw e;
            }
            found.accept(denied(name, "read it and commit", "--group " + source.group(), "read"));
            return;
        }
        for (String hold : start.holds()) {
            found.accept(Finding.fail(name, where(), hold, "the stream holds until this is fixed"));
        }
        if (start.holds().isEmpty()) {
            found.accept(Finding.ok(
                    name,
                    where(),
                    start.fresh()
                            ? "has read nothing yet; begins at the log's start"
                            : "goes on at " + offsets(start.offsets())));
        }
    }

    private static String offsets(Map<Integer, Long> offsets) {
        StringBuilder text = new StringBuilder();
        int left = 8; // enough to see that it is about right
        for (Map.Entry<Integer, Long> offset : offsets.entrySet()) {
            if (left-- == 0) {
                return text.append(" …").toString();
            }
            text.append(text.isEmpty() ? "" : " ")
                    .append(offset.getKey())
                    .append('@')
                    .append(offset.getValue());
        }
        return text.toString();
    }
}
