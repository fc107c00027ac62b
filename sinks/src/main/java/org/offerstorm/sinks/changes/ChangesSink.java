package org.offerstorm.sinks.changes;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.sink.Sink;
import org.offerstorm.core.sink.WriteResult;
import org.offerstorm.core.text.Messages;
import org.offerstorm.sinks.redis.RedisConfig;
import org.offerstorm.sinks.redis.RedisOutbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the changes that Redis counted: a chunk is done when everything is published that Redis has at that time, this
 * chunk's changes among it. Called by one thread. Every error of Kafka or Redis is {@link WriteResult.Retryable}; nothing is
 * ever rejected.
 */
final class ChangesSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(ChangesSink.class);
    /** Of a call's time, for what comes after its last step. */
    private static final Duration MARGIN = Duration.ofMillis(20);
    /** Without chunks, the next try after a failure. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final ChangesConfig config;
    private final String servers;
    private final String group;
    private final ChangesPublisher publisher;
    private boolean wroteSinceTick;
    private boolean isFenced;
    private long quietUntil = System.nanoTime();
    private String lastProblem;

    /** Does not connect. */
    ChangesSink(ChangesConfig config, String servers, RedisConfig redis, String group, InstantSource clock) {
        this(config, servers, redis, group, clock, new ChangesTopic(config, servers, group));
    }

    ChangesSink(
            ChangesConfig config,
            String servers,
            RedisConfig redis,
            String group,
            InstantSource clock,
            ChangesTopic topic) {
        this.config = config;
        this.servers = servers;
        this.group = group;
        RedisConfig asked = redis.within(shorter(redis.timeout(), config.timeout()));
        this.publisher = new ChangesPublisher(new RedisOutbox(asked), topic, config, servers, group, clock);
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public WriteResult write(Chunk<Change> chunk) {
        wroteSinceTick = true;
        WriteResult.Retryable problem = publish();
        return problem == null ? new WriteResult.Done(chunk.size(), 0) : problem;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Without chunks, too, there may be something to publish: this sink was added to a stream, or Redis was filled again. A
     * publisher whose place another one has taken leaves it to that one until it gets a chunk.
     */
    @Override
    public void tick() {
        if (!wroteSinceTick && !isFenced && System.nanoTime() - quietUntil >= 0) {
            long begin = System.nanoTime();
            WriteResult.Retryable problem = publish();
            long end = System.nanoTime();
            quietUntil = end + (problem == null ? 2 * (end - begin) : QUIET.toNanos());
            if (problem != null && !problem.message().equals(lastProblem)) {
                LOG.warn("{}; trying again every {} s", problem.message(), QUIET.toSeconds(), problem.cause());
            }
            lastProblem = problem == null ? null : problem.message();
        }
        wroteSinceTick = false;
    }

    @Override
    public void close() {
        publisher.close();
    }

    /** Null if all is published, or must not be yet. */
    private WriteResult.Retryable publish() {
        isFenced = false;
        try {
            ChangesPublisher.Progress progress = publisher.publish(
                    System.nanoTime() + config.timeout().minus(MARGIN).toNanos());
            return progress == ChangesPublisher.Progress.UNFINISHED
                    ? new WriteResult.Retryable(
                            place() + " follows Redis, and is not there yet; it " + publisher.describe(), null)
                    : null;
        } catch (ChangesHeld e) {
            return new WriteResult.Retryable(e.getMessage(), null);
        } catch (IOException e) { // nothing that is known of the topic is lost
            return new WriteResult.Retryable(e.getMessage() + "; chunks are held until it answers", e);
        } catch (RuntimeException e) { // any error of Kafka's clients: the next call begins with what is committed
            publisher.forget();
            return new WriteResult.Retryable(place() + ": " + Messages.of(e) + "; " + advice(e), e);
        }
    }

    private String advice(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                isFenced = true;
                return "another publisher of group " + group
                        + " took over, or a transaction took too long; trying again";
            }
            if (cause instanceof TransactionalIdAuthorizationException) {
                return "permit it: kafka-acls.sh --bootstrap-server " + servers + " --add --allow-principal User:…"
                        + " --operation write --operation describe --transactional-id "
                        + ChangesTopic.transactionalId(group);
            }
            if (cause instanceof AuthorizationException) {
                return "permit it: kafka-acls.sh --bootstrap-server " + servers + " --add --allow-principal User:…"
                        + " --operation write --operation read --topic " + config.topic();
            }
            if (cause instanceof Secrets.Unresolved unresolved) {
                return unresolved.fix("changes.properties");
            }
        }
        return "see whether Kafka is up and the topic may be written";
    }

    private String place() {
        return "topic " + config.topic() + " at " + servers;
    }

    private static Duration shorter(Duration redis, Duration call) {
        Duration share = ChangesPublisher.patienceWithRedis(call);
        return redis.compareTo(share) < 0 ? redis : share;
    }
}
