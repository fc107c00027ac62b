package org.offerstorm.sinks.hdfs;

/**
 * Writes compressed bytes in more bytes than needed. A block of Snappy is the length of what it holds, then elements, each a
 * copy of earlier bytes or a literal: bytes as they are, after a tag with their number. That number, less one, is in the tag
 * itself if it is below 60, or like a larger one in one to four bytes that follow the tag. So a byte that is a literal by
 * itself takes two to six bytes. Source: "Snappy compressed format description" of the Snappy project. Stateless.
 */
final class LongSnappy {
    /** What {@link #lengthen} finds no way to do. */
    static final int IMPOSSIBLE = -1;

    private static final int MOST_BY_A_BYTE = 5;
    private static final int TAG_BITS = 2;
    private static final int TAG_MASK = 3;
    private static final int LITERAL = 0;
    private static final int SHORT_COPY = 1;
    private static final int COPY = 2;
    /** In a tag of a literal: its length, less one, follows in one byte; in two, three, four with the next values. */
    private static final int LENGTH_FOLLOWS = 60;

    private LongSnappy() {}

    /**
     * Adds bytes to a compressed block, by writing its first elements as literals of single bytes.
     *
     * @param compressed the block in its first {@code size} bytes, and room for {@code added} more
     * @param plain what was compressed
     * @param from where that begins in the array
     * @return the new size, or {@link #IMPOSSIBLE}: too few bytes were compressed, or they cannot take up just so many more
     */
    static int lengthen(byte[] compressed, int size, int added, byte[] plain, int from) {
        int start = 0;
        while (compressed[start++]
                < 0) { // the length of what it holds: seven bits a byte, the highest bit set but in the last
        }
        int at = start;
        int passed = 0;
        while (at < size) {
            int tag = compressed[at] & 0xFF;
            int value = tag >> TAG_BITS;
            switch (tag & TAG_MASK) {
                case LITERAL -> {
                    int follow = Math.max(0, value - LENGTH_FOLLOWS + 1);
                    int length = follow == 0 ? value + 1 : littleEndian(compressed, at + 1, follow) + 1;
                    at += 1 + follow + length;
                    passed += length;
                }
                case SHORT_COPY -> {
                    at += 2;
                    passed += (value & 7) + 4;
                }
                case COPY -> {
                    at += 3;
                    passed += value + 1;
                }
                default -> {
                    at += 5;
                    passed += value + 1;
                }
            }
            int target = at - start + added;
            int singles = singles(passed, target);
            if (singles >= 0) {
                System.arraycopy(compressed, at, compressed, start + target, size - at);
                write(compressed, start, target, plain, from, passed, singles);
                return size + added;
            }
            if (target < passed) {
                return IMPOSSIBLE; // they are copied from elsewhere, and would take more as literals
            }
        }
        return IMPOSSIBLE;
    }

    /** How many of the bytes to write by themselves, the others as one literal, to take up {@code target} bytes; -1: no way. */
    private static int singles(int bytes, int target) {
        int extra = target - bytes;
        for (int singles = 0; singles <= bytes; singles++) {
            int left = extra - tagLength(bytes - singles);
            if (left < singles) {
                return -1;
            }
            if (left <= MOST_BY_A_BYTE * singles) {
                return singles;
            }
        }
        return -1;
    }

    private static void write(byte[] out, int start, int target, byte[] plain, int from, int bytes, int singles) {
        int rest = bytes - singles;
        int more = target - bytes - tagLength(rest) - singles;
        int at = start;
        for (int i = 0; i < singles; i++) {
            int follow = Math.min(more, MOST_BY_A_BYTE - 1);
            more -= follow;
            at = tag(out, at, 1, follow);
            out[at++] = plain[from + i];
        }
        if (rest > 0) {
            at = tag(out, at, rest, tagLength(rest) - 1);
            System.arraycopy(plain, from + singles, out, at, rest);
        }
    }

    /** Writes the tag of a literal whose length is in so many bytes behind it; returns where its bytes begin. */
    private static int tag(byte[] out, int at, int length, int follow) {
        int last = length - 1;
        out[at] = (byte) ((follow == 0 ? last : LENGTH_FOLLOWS - 1 + follow) << TAG_BITS);
        for (int i = 0; i < follow; i++) {
            out[at + 1 + i] = (byte) (last >> (Byte.SIZE * i));
        }
        return at + 1 + follow;
    }

    /** The shortest tag of a literal, with what follows of its length; 0: there is none. */
    private static int tagLength(int literal) {
        if (literal == 0) {
            return 0;
        }
        int length = 1;
        if (literal > LENGTH_FOLLOWS) {
            for (int last = literal - 1; last > 0; last >>>= Byte.SIZE) {
                length++;
            }
        }
        return length;
    }

    private static int littleEndian(byte[] bytes, int at, int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number |= (bytes[at + i] & 0xFF) << (Byte.SIZE * i);
        }
        return number;
    }
}
