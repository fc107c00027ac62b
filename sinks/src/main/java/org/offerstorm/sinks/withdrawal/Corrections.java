package org.offerstorm.sinks.withdrawal;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Remembers which of the offers that are to be withdrawn have records that nobody knew of. One thread. */
public interface Corrections {
    /** A record that somebody else wrote, committed or not; of any offer. */
    void saw(ConsumerRecord<byte[], byte[]> record);

    /** Whether there was one of this offer after {@link Withdrawal#offset()}. */
    boolean isCorrected(Withdrawal withdrawal);
}
