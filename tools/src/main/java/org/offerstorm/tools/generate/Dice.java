package org.offerstorm.tools.generate;

/**
 * SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every JDK, which the library's generators do not promise.
 * One thread.
 */
final class Dice {
    private long state;

    Dice(long seed) {
        state = seed;
    }

    long next() {
        long z = state += 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** True in {@code percent} of a hundred throws. */
    boolean percent(int percent) {
        return below(100) < percent;
    }

    /** One of them. */
    <T> T one(java.util.List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
