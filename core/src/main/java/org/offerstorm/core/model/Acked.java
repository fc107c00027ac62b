package org.offerstorm.core.model;

/**
 * What every store of a stream must hold already, because it was acked. A store that holds less came back empty or older.
 *
 * @param thisEpoch whether records of the log that is read now were acked
 * @param earlierEpochs whether records of logs with a lower epoch were acked, which cannot be read again
 */
public record Acked(boolean thisEpoch, boolean earlierEpochs) {
    /** Nothing, or nothing that is known: a new stream, or one that an operator set back. */
    public static final Acked NOTHING = new Acked(false, false);

    public boolean isNothing() {
        return !thisEpoch && !earlierEpochs;
    }

    /** Whether a store whose newest records are of this epoch holds less than was acked; 0: the store is empty. */
    public boolean isMissingFrom(int storedEpoch, int epoch) {
        return storedEpoch == 0 ? !isNothing() : storedEpoch < epoch && thisEpoch;
    }
}
