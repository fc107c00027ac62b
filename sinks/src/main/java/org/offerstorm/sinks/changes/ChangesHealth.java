package org.offerstorm.sinks.changes;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.offerstorm.core.check.Check;
import org.offerstorm.core.check.Finding;
import org.offerstorm.core.check.TlsAdvice;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Messages;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisLive;
import org.offerstorm.sinks.redis.RedisOutbox;

/**
 * Whether the topic takes the publisher's records, keeps them, and is the one of this group, and whether Redis' stream may be
 * read. Writes nothing, and disturbs no publisher.
 */
final class ChangesHealth implements Check {
    private static final String NAME = "changes";
    /** Of each answer; the first one takes long on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ChangesConfig config;
    private final String servers;
    private final RedisConfig redis;
    private final String group;
    private final String topic;

    /** Does not connect. */
    ChangesHealth(ChangesConfig config, String servers, RedisConfig redis, String group) {
        this.config = config;
        this.servers = servers;
        this.redis = redis;
        this.group = group;
        this.topic = "topic " + config.topic();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String where() {
        return servers;
    }

    @Override
    public void run(Consumer<Finding> found) throws InterruptedException {
        try (Admin admin = Admin.create(ChangesSetup.properties(config, servers))) {
            if (exists(admin, found)) {
                settings(admin, found);
                transactions(admin, found);
                position(found);
            }
        } catch (Secrets.Unresolved e) {
            found.accept(Finding.fail(NAME, servers, e.getMessage(), e.fix("changes.properties")));
        } catch (SslAuthenticationException e) {
            found.accept(Finding.fail(
                    NAME,
                    servers,
                    "TLS fails: " + Messages.of(e),
                    TlsAdvice.of(
                            e, "changes.bootstrap-servers (or advertised.listeners)", "leave security.protocol out")));
        } catch (AuthenticationException | AuthorizationException e) {
            found.accept(Finding.fail(
                    NAME, servers, "refuses: " + Messages.of(e), "correct the user, or permit what it names"));
        } catch (TimeoutException | KafkaException e) {
            found.accept(Finding.fail(
                    NAME,
                    servers,
                    "does not answer: " + Messages.of(e),
                    "start Kafka there, or correct changes.bootstrap-servers and changes.properties"));
        }
        source(found);
    }

    /** Whether it is there, and one partition. */
    private boolean exists(Admin admin, Consumer<Finding> found) throws InterruptedException, TimeoutException {
        TopicDescription description;
        try {
            description = get(admin.describeTopics(
                            List.of(config.topic()), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues()
                    .get(config.topic()));
        } catch (UnknownTopicOrPartitionException e) {
            found.accept(Finding.fail(NAME, servers, topic + " does not exist", "run setup, or correct changes.topic"));
            return false;
        }
        int partitions = description.partitions().size();
        if (partitions != 1) {
            found.accept(Finding.fail(
                    NAME,
                    servers,
                    topic + " has " + partitions + " partitions: its records would have no common order",
                    "name a topic with one partition in changes.topic (setup creates it)"));
            return false;
        }
        Set<AclOperation> permitted = description.authorizedOperations();
        boolean isPermitted = permitted == null || permitted.containsAll(Set.of(AclOperation.READ, AclOperation.WRITE));
        found.accept(
                isPermitted
                        ? Finding.ok(NAME, servers, topic + ", 1 partition, id " + description.topicId())
                        : Finding.fail(
                                NAME,
                                servers,
                                "this user may not read and write " + topic,
                                "kafka-acls.sh --bootstrap-server " + servers
                                        + " --add --allow-principal User:… --operation read --operation write --topic "
                                        + config.topic()));
        return isPermitted;
    }

    private void settings(Admin admin, Consumer<Finding> found) throws InterruptedException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, config.topic());
        Config settings;
        try {
            settings = get(admin.describeConfigs(List.of(resource)).values().get(resource));
        } catch (AuthorizationException e) {
            found.accept(Finding.warn(
                    "changes settings",
                    servers,
                    "are not known: " + Messages.of(e),
                    "see that retention.ms and retention.bytes are -1, or permit DescribeConfigs"));
            return;
        }
        String policy = settings.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        for (String limit : List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.RETENTION_BYTES_CONFIG)) {
            String value = settings.get(limit).value();
            if (policy.contains("delete") && !value.equals("-1")) {
                found.accept(Finding.warn(
                        "changes settings",
                        servers,
                        limit + " is " + value + ": whoever begins to read after that has no whole table",
                        "kafka-configs.sh --bootstrap-server " + servers
                                + " --alter --entity-type topics --entity-name " + config.topic() + " --add-config "
                                + limit + "=-1"));
            }
        }
    }

    private void transactions(Admin admin, Consumer<Finding> found) throws InterruptedException, TimeoutException {
        String id = ChangesTopic.transactionalId(group);
        try {
            var unused = get(admin.describeTransactions(List.of(id)).description(id));
        } catch (TransactionalIdNotFoundException e) {
            return; // of a publisher that never ran
        } catch (AuthorizationException e) {
            found.accept(Finding.fail(
                    "changes transactions",
                    servers,
                    "this user may not use the transactional id " + id,
                    "kafka-acls.sh --bootstrap-server " + servers
                            + " --add --allow-principal User:… --operation write --operation describe --transactional-id "
                            + id));
        }
    }

    /** Whose changes it has. */
    private void position(Consumer<Finding> found) {
        String name = "changes position";
        try (CommittedChanges reader = new CommittedChanges(config, servers)) {
            CommittedChanges.Last last = reader.last(System.nanoTime() + PATIENCE.toNanos());
            if (last.position().isEmpty()) {
                found.accept(Finding.ok(name, servers, topic + " has no changes yet"));
            } else if (last.position().get().group().equals(group)) {
                found.accept(Finding.ok(name, servers, topic + " has " + last.seq() + " changes of this group"));
            } else {
                found.accept(Finding.fail(
                        name,
                        servers,
                        topic + " has the changes of group "
                                + last.position().get().group() + ", not of " + group,
                        "name another topic in changes.topic, or start with that source.group"));
            }
        } catch (ChangesHeld e) {
            found.accept(Finding.fail(name, servers, e.getMessage(), "do that before the stream is submitted"));
        }
    }

    private void source(Consumer<Finding> found) {
        try (RedisOutbox outbox = new RedisOutbox(redis)) {
            var unused = outbox.read(RedisLive.START, true, System.nanoTime() + PATIENCE.toNanos());
            found.accept(Finding.ok("changes source", outbox.place(), "table and changes may be read"));
        } catch (IOException e) {
            found.accept(Finding.fail(
                    "changes source",
                    servers,
                    "cannot read Redis' changes: " + e.getMessage(),
                    "start Redis; its user needs also +xrange +xrevrange"));
        } catch (IllegalArgumentException e) { // the address that a secret makes, which redis' own check reports
            found.accept(Finding.fail("changes source", servers, Messages.of(e), "correct redis.uri, or its secret"));
        }
    }

    private static <T> T get(KafkaFuture<T> answer) throws InterruptedException, TimeoutException {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        }
    }
}
