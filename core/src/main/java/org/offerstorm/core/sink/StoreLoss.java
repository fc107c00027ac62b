package org.offerstorm.core.sink;

import org.offerstorm.core.model.Acked;

/** What sinks say about a store that holds less than they acknowledged. */
public final class StoreLoss {
    private StoreLoss() {}

    /**
     * A sentence for people.
     *
     * @param store the store's name and address
     * @param storedEpoch the epoch that it holds; 0 if it is empty
     * @param epoch the stream's
     * @param cause what may have happened to it, and what helps besides a backup
     */
    public static String message(String store, int storedEpoch, int epoch, Acked acked, String cause) {
        return store + (storedEpoch == 0 ? " is empty" : " holds epoch " + storedEpoch)
                + ", but the stream has acked records"
                + (acked.thisEpoch() ? " of epoch " + epoch : "")
                + (acked.thisEpoch() && acked.earlierEpochs() ? " and" : "")
                + (acked.earlierEpochs() ? " of earlier epochs" : "")
                + ": " + cause
                + "; or restore it from a backup; or stop the topology, set its group back to the beginning"
                + " (kafka-consumer-groups --reset-offsets --to-earliest) and submit it again, then all that the topic has"
                + " is written again" + (acked.earlierEpochs() ? ", and what only earlier topics had is missing" : "");
    }
}
