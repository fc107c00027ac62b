package org.offerstorm.ingest.kafka;

import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/** What a failed write says about the next one. Stateless. */
final class WriteFailures {
    private WriteFailures() {}

    /** Not an outage, and not a right that is missing: another try would end in the same way. */
    static boolean mayBeOfOne(Throwable failure) {
        return !isFenced(failure)
                && !has(failure, TimeoutException.class)
                && !has(failure, AuthorizationException.class)
                && !has(failure, AuthenticationException.class);
    }

    static boolean isFenced(Throwable failure) {
        return has(failure, ProducerFencedException.class) || has(failure, InvalidProducerEpochException.class);
    }

    static boolean has(Throwable failure, Class<? extends Exception> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
