package org.offerstorm.core.geo;

import java.math.BigDecimal;

/** On which side of an edge a point lies, exactly: a filter in doubles, then decimals of any length if it cannot decide. */
final class Orientation {
    /** Shewchuk's bound for the first stage of an adaptive orientation test, (3 + 16ε)ε with ε = 2^-53. */
    private static final double BOUND = (3 + 16 * 0x1p-53) * 0x1p-53;
    /** Below it products may lose bits to underflow, and the bound does not hold. */
    private static final double TINY = 1e-200;

    private Orientation() {}

    /**
     * Sign of (x2 − x1)(py − y1) − (px − x1)(y2 − y1). For an edge that goes up it is positive if and only if the edge
     * passes east of the point.
     */
    static int sign(int x1, int y1, int x2, int y2, double px, double py) {
        double left = (double) (x2 - x1) * (py - y1);
        double right = (px - x1) * (double) (y2 - y1);
        double difference = left - right;
        double bound = BOUND * (Math.abs(left) + Math.abs(right)) + TINY;
        if (difference > bound) {
            return 1;
        }
        if (difference < -bound) {
            return -1;
        }
        return exactly(x1, y1, x2, y2, px, py);
    }

    private static int exactly(int x1, int y1, int x2, int y2, double px, double py) {
        BigDecimal left = new BigDecimal(x2 - x1).multiply(new BigDecimal(py).subtract(new BigDecimal(y1)));
        BigDecimal right = new BigDecimal(y2 - y1).multiply(new BigDecimal(px).subtract(new BigDecimal(x1)));
        return left.compareTo(right);
    }
}
