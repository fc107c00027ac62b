package org.offerstorm.dashboard.day;

/**
 * How fast a figure grows: the straight line that fits its minutes best.
 *
 * @param perDay may be negative
 * @param basedOn minutes from the first to the last value that it is made of
 */
public record Growth(double perDay, long basedOn) {
    private static final int DAYS_OF_A_MONTH = 30;

    /** The same for thirty days. */
    public double perMonth() {
        return perDay * DAYS_OF_A_MONTH;
    }
}
