package org.offerstorm.tools.generate;

import org.offerstorm.tools.generate.Event.Kind;

/**
 * What a stream is made of, in thousandths of its records; what is left are new offers.
 *
 * @param corrections of live offers
 * @param deletions of live offers
 * @param returns of deleted offers
 * @param bad records that the parser refuses
 */
public record Mix(int corrections, int deletions, int returns, int bad) {
    /** That of the samples: 72 % new offers. */
    public static final Mix USUAL = new Mix(200, 50, 20, 10);

    private static final int ALL = 1000;

    /** @throws IllegalArgumentException if a share is negative, or nothing is left for new offers */
    public Mix {
        if (corrections < 0
                || deletions < 0
                || returns < 0
                || bad < 0
                || corrections + deletions + returns + bad >= ALL) {
            throw new IllegalArgumentException("corrections, deletions, returns and bad records are "
                    + corrections + ", " + deletions + ", " + returns + " and " + bad
                    + " thousandths; none may be negative, and something must be left for new offers");
        }
    }

    /** With {@code other} bad records instead, and as many more or fewer new offers. */
    public Mix withBad(int other) {
        return new Mix(corrections, deletions, returns, other);
    }

    /** @param dice 0 to 999 */
    Kind kind(int dice) {
        int left = dice - (ALL - bad - returns - deletions - corrections);
        if (left < 0) {
            return Kind.INSERT;
        }
        if (left < corrections) {
            return Kind.CORRECTION;
        }
        if (left < corrections + deletions) {
            return Kind.DELETION;
        }
        return left < corrections + deletions + returns ? Kind.RETURN : Kind.BAD;
    }
}
