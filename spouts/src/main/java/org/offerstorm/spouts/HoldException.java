package org.offerstorm.spouts;

/** To continue would break a guarantee: the spout emits nothing and says why. */
final class HoldException extends Exception {
    private final boolean untilRestart;

    private HoldException(String message, boolean untilRestart) {
        super(message);
        this.untilRestart = untilRestart;
    }

    /** Nothing that happens outside can fix it; the operator must act and start the topology again. */
    static HoldException untilRestart(String message) {
        return new HoldException(message, true);
    }

    /** It may be fixed outside; the spout looks again every few seconds. */
    static HoldException untilMended(String message) {
        return new HoldException(message, false);
    }

    boolean isUntilRestart() {
        return untilRestart;
    }
}
