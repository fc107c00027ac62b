package org.offerstorm.spouts;

import org.offerstorm.core.sink.HoldCause;

/** To continue would break a guarantee: the spout emits nothing and says why. */
@SuppressWarnings("serial") // never serialized
final class HoldException extends Exception {
    private final boolean untilRestart;
    private final HoldCause cause;

    private HoldException(String message, boolean untilRestart, HoldCause cause) {
        super(message);
        this.untilRestart = untilRestart;
        this.cause = cause;
    }

    /** Nothing that happens outside can fix it; the operator must act and start the topology again. */
    static HoldException untilRestart(String message) {
        return new HoldException(message, true, HoldCause.LOG);
    }

    /** It may be fixed outside; the spout looks again every few seconds. */
    static HoldException untilMended(String message) {
        return new HoldException(message, false, HoldCause.LOG);
    }

    /** The same, because of something else than the log. */
    HoldException because(HoldCause other) {
        return new HoldException(getMessage(), untilRestart, other);
    }

    HoldCause kind() {
        return cause;
    }

    boolean isUntilRestart() {
        return untilRestart;
    }
}
