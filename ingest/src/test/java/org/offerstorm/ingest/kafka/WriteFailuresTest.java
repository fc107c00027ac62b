package org.offerstorm.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.offerstorm.ingest.kafka.Written.Refused;
import org.offerstorm.ingest.kafka.Written.TooLarge;
import org.offerstorm.ingest.kafka.Written.Unconfirmed;

/** The table of docs/ingest.md. */
class WriteFailuresTest {
    private static final List<KafkaException> OF_OPERATOR = List.of(
            new TopicAuthorizationException(Set.of("offers")),
            new ClusterAuthorizationException("no"),
            new TransactionalIdAuthorizationException("no"),
            new SaslAuthenticationException("no"),
            new SslAuthenticationException("no"),
            new SecurityDisabledException("no"),
            new InvalidTopicException("no"),
            new InvalidTimestampException("no"),
            new UnsupportedForMessageFormatException("no"),
            new UnsupportedCompressionTypeException("no"),
            new UnsupportedVersionException("no"));

    private static final List<KafkaException> OF_OUTAGES = List.of(
            new TimeoutException("no"),
            new CorruptRecordException("no"),
            new NotEnoughReplicasException("no"),
            new OutOfOrderSequenceException("no"),
            new ProducerFencedException("no"),
            new KafkaException("no"));

    @Test
    void what_the_sender_can_change_is_its_items() {
        assertThat(written(new RecordTooLargeException("no"))).isEqualTo(new TooLarge(7));
        for (ApiException failure :
                List.of(new InvalidRecordException("no schema"), new PolicyViolationException("no schema"))) {
            assertThat(written(failure)).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.why())
                    .contains("no schema"));
            assertThat(WriteFailures.mayBeOfOne(failure)).isTrue();
        }
    }

    @Test
    void what_the_operator_must_change_says_so() {
        for (KafkaException failure : OF_OPERATOR) {
            assertThat(written(failure)).isInstanceOfSatisfying(Unconfirmed.class, each -> assertThat(
                            each.outage().kind())
                    .as(failure.toString())
                    .isEqualTo(Outage.Kind.OPERATOR));
            assertThat(WriteFailures.mayBeOfOne(failure)).as(failure.toString()).isFalse();
        }
    }

    @Test
    void everything_else_may_or_may_not_have_been_written() {
        for (KafkaException failure : OF_OUTAGES) {
            assertThat(written(failure))
                    .as(failure.toString())
                    .isEqualTo(new Unconfirmed(new Outage(Outage.Kind.UNKNOWN, "Kafka did not confirm the record")));
        }
    }

    @Test
    void a_producer_is_kept_while_it_can_be_used() {
        for (KafkaException failure : List.of(
                new SaslAuthenticationException("no"),
                new ClusterAuthorizationException("no"),
                new ProducerFencedException("no"),
                new UnsupportedVersionException("no"))) {
            assertThat(WriteFailures.endsProducer(failure))
                    .as(failure.toString())
                    .isTrue();
        }
        for (KafkaException failure : List.of(
                new TimeoutException("no"),
                new TopicAuthorizationException("no"),
                new RecordTooLargeException("no"),
                new InvalidRecordException("no"),
                new OutOfOrderSequenceException("no"))) {
            assertThat(WriteFailures.endsProducer(failure))
                    .as(failure.toString())
                    .isFalse();
        }
    }

    @Test
    void an_answer_that_is_too_large_is_not_an_unknown_outage() {
        Outage outage = WriteFailures.outage(new RecordTooLargeException("no"), "offers", "unknown");

        assertThat(outage.kind()).isEqualTo(Outage.Kind.OPERATOR);
        assertThat(outage.why()).contains("offers.ingest-keys", "max.message.bytes");
    }

    /** As futures have it. */
    private static Written written(KafkaException failure) {
        return WriteFailures.ofRecord(new ExecutionException(failure), "offers", 7);
    }
}
