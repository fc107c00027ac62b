package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class LongSnappyTest {
    private static final int ROOM = 1_100;

    /** Anything from noise to one byte many times. */
    @Test
    void what_is_longer_is_uncompressed_to_the_same() throws Exception {
        Random random = new Random(7);
        int lengthened = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] plain = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 100_000 : 600)];
            int symbols = 1 + random.nextInt(256);
            for (int at = 0; at < plain.length; at++) {
                plain[at] = (byte) (at > 64 && random.nextInt(8) > 0 ? plain[at - 64] : random.nextInt(symbols));
            }
            int added = 1 + random.nextInt(ROOM);
            byte[] block = Arrays.copyOf(Snappy.compress(plain), Snappy.maxCompressedLength(plain.length) + ROOM);
            int size = Snappy.compress(plain).length;

            int longer = LongSnappy.lengthen(block, size, added, plain, 0);

            if (longer == LongSnappy.IMPOSSIBLE) {
                assertThat(Snappy.uncompress(Arrays.copyOf(block, size)))
                        .as("as before")
                        .isEqualTo(plain);
            } else {
                lengthened++;
                assertThat(longer).isEqualTo(size + added);
                assertThat(Snappy.uncompress(Arrays.copyOf(block, longer)))
                        .as("%s", i)
                        .isEqualTo(plain);
            }
        }
        assertThat(lengthened).isGreaterThan(10_000);
    }

    @Test
    void a_short_row_takes_up_each_number_to_five_times_as_many() throws Exception {
        byte[] plain = "abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
        byte[] compressed = Snappy.compress(plain);
        for (int added = 1; added <= 5 * plain.length - 1; added++) {
            byte[] block = Arrays.copyOf(compressed, compressed.length + added);

            assertThat(LongSnappy.lengthen(block, compressed.length, added, plain, 0))
                    .as("%s", added)
                    .isEqualTo(block.length);
            assertThat(Snappy.uncompress(block)).isEqualTo(plain);
        }
        assertThat(LongSnappy.lengthen(
                        Arrays.copyOf(compressed, 10 * plain.length), compressed.length, 5 * plain.length, plain, 0))
                .isEqualTo(LongSnappy.IMPOSSIBLE);
    }
}
