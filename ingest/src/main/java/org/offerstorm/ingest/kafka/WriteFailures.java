package org.offerstorm.ingest.kafka;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.offerstorm.core.text.Quote;
import org.offerstorm.ingest.kafka.Written.Refused;
import org.offerstorm.ingest.kafka.Written.TooLarge;
import org.offerstorm.ingest.kafka.Written.Unconfirmed;

/**
 * What a failed write means for its record, its sender and the producer. This is the one place that decides it, and
 * docs/ingest.md has it as a table. Stateless.
 */
final class WriteFailures {
    /** Kafka has looked at the record, and will say the same at each retry; its sender can change it. */
    private static final List<Class<? extends Exception>> OF_RECORD =
            List.of(InvalidRecordException.class, PolicyViolationException.class);

    /**
     * It will be the same at each retry, for every record. {@link InvalidConfigurationException} is a supertype: of topics with
     * invalid names, of versions and formats that brokers do not know, of segments that are too small, and also of invalid
     * records, which must therefore be looked for first.
     */
    private static final List<Class<? extends Exception>> OF_OPERATOR = List.of(
            AuthorizationException.class,
            AuthenticationException.class,
            SecurityDisabledException.class,
            InvalidConfigurationException.class,
            InvalidTimestampException.class,
            UnsupportedCompressionTypeException.class,
            PolicyViolationException.class); // of another request than a record's

    /** After it the client's producer fails forever, or asks for an id without a pause. */
    private static final List<Class<? extends Exception>> OF_PRODUCER = List.of(
            AuthenticationException.class,
            ClusterAuthorizationException.class,
            TransactionalIdAuthorizationException.class,
            ProducerFencedException.class,
            InvalidProducerEpochException.class,
            InvalidPidMappingException.class,
            UnsupportedVersionException.class);

    private WriteFailures() {}

    /**
     * What became of a record that Kafka did not confirm.
     *
     * @param topic of the offers
     * @param limit of the topic, in bytes
     */
    static Written ofRecord(Throwable failure, String topic, int limit) {
        if (has(failure, RecordTooLargeException.class)) {
            return new TooLarge(limit);
        }
        for (Class<? extends Exception> kind : OF_RECORD) {
            Throwable refusal = find(failure, kind);
            if (refusal != null) {
                return new Refused("Kafka does not take this record: " + Quote.of(refusal.getMessage()));
            }
        }
        return new Unconfirmed(outage(failure, topic, "Kafka did not confirm the record"));
    }

    /**
     * The same of anything else that failed.
     *
     * @param unknown says what was not confirmed, if no more is known
     */
    static Outage outage(Throwable failure, String topic, String unknown) {
        String refusal = refusal(failure, topic);
        return refusal == null ? new Outage(Outage.Kind.UNKNOWN, unknown) : new Outage(Outage.Kind.OPERATOR, refusal);
    }

    /** What the operator must change, for people; null if that is not the reason. */
    static String refusal(Throwable failure, String topic) {
        if (has(failure, RecordTooLargeException.class)) { // of an answer, since items were looked at before
            return "topic " + AnswersTopic.nameOf(topic)
                    + " takes no answer as large as that of this request; send fewer"
                    + " items in a request, or raise the topic's max.message.bytes";
        }
        if (OF_OPERATOR.stream().noneMatch(kind -> has(failure, kind))) {
            return null;
        }
        if (has(failure, AuthenticationException.class)) {
            return "Kafka refuses the login of this server; check the login in source.properties and the user in Kafka";
        }
        if (find(failure, TopicAuthorizationException.class) instanceof TopicAuthorizationException missing) {
            return missingOnTopic(missing.unauthorizedTopics(), topic);
        }
        if (has(failure, TransactionalIdAuthorizationException.class)) {
            return "this server's user in Kafka lacks the right Describe or Write on the transactional id "
                    + KeyedTransactions.id(topic);
        }
        if (has(failure, ClusterAuthorizationException.class)) {
            return "this server's user in Kafka may not write idempotently: it lacks the right Write on topic " + topic
                    + " or, at old brokers, IdempotentWrite on the cluster";
        }
        if (has(failure, InvalidTopicException.class)) {
            return "Kafka says that " + Quote.of(topic) + " is not a name of a topic; change source.topic";
        }
        if (has(failure, InvalidTimestampException.class)) {
            return "topic " + topic
                    + " does not take the time of this server; compare the clocks, or change the topic's"
                    + " message.timestamp settings";
        }
        return "Kafka refuses what this server asks of topic " + topic + "; the server's log has the reason";
    }

    private static String missingOnTopic(Set<String> named, String offers) {
        String topic = named.isEmpty() ? offers : String.join(", ", named);
        String rights = topic.equals(offers) ? "Describe or Write" : "Create, Describe, Read or Write";
        return "this server's user in Kafka lacks the right " + rights + " on topic " + topic;
    }

    /** Whether the producer cannot be used any more. */
    static boolean endsProducer(Throwable failure) {
        return OF_PRODUCER.stream().anyMatch(kind -> has(failure, kind));
    }

    /** Not an outage, and nothing that the operator must change: each request of a group may do better by itself. */
    static boolean mayBeOfOne(Throwable failure) {
        if (OF_RECORD.stream().anyMatch(kind -> has(failure, kind))) {
            return true;
        }
        return !isFenced(failure)
                && !has(failure, TimeoutException.class)
                && OF_OPERATOR.stream().noneMatch(kind -> has(failure, kind));
    }

    static boolean isFenced(Throwable failure) {
        return has(failure, ProducerFencedException.class) || has(failure, InvalidProducerEpochException.class);
    }

    static boolean has(Throwable failure, Class<? extends Exception> kind) {
        return find(failure, kind) != null;
    }

    private static Throwable find(Throwable failure, Class<? extends Exception> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return cause;
            }
        }
        return null;
    }
}
