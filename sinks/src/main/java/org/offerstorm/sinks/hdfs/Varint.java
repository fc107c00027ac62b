package org.offerstorm.sinks.hdfs;

/** Avro's numbers of variable length (zigzag, seven bits a byte). Stateless. */
final class Varint {
    private static final int BITS = 7;

    private Varint() {}

    /** Bytes of a number that is not negative. */
    static int length(long number) {
        int length = 1;
        for (long left = number << 1; left >= 1 << BITS; left >>>= BITS) {
            length++;
        }
        return length;
    }
}
