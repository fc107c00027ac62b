package org.offerstorm.core.model;

/**
 * What an offer pays, as far as it says so.
 *
 * @param min 0 or more, or NaN
 * @param max at least {@code min}, or NaN
 * @param currency three upper-case letters (ISO 4217), or null
 * @param period {@code hour}, {@code day}, {@code week}, {@code month}, {@code year}, or null
 */
public record Salary(double min, double max, String currency, String period) {
    public boolean hasMin() {
        return !Double.isNaN(min);
    }

    public boolean hasMax() {
        return !Double.isNaN(max);
    }
}
