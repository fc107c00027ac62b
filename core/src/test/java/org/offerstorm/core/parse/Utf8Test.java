package org.offerstorm.core.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void every_code_point_is_accepted_at_every_alignment_and_every_surrogate_refused() {
        byte[] surrogate = {'x', (byte) 0xED, 0, 0};
        for (int point = 0x80; point <= Character.MAX_CODE_POINT; point++) {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                surrogate[2] = (byte) (0x80 | ((point >> 6) & 0x3F));
                surrogate[3] = (byte) (0x80 | (point & 0x3F));
                assertThat(Utf8.firstMalformed(surrogate, 0, 4)).isEqualTo(1);
                continue;
            }
            byte[] bytes = ("1234567".substring(point % 8) + Character.toString(point) + "12345678")
                    .getBytes(StandardCharsets.UTF_8);
            if (Utf8.firstMalformed(bytes, 0, bytes.length) != -1) {
                throw new AssertionError("U+" + Integer.toHexString(point) + " refused");
            }
        }
    }

    @Test
    void agrees_with_the_strict_decoder_of_the_jdk_on_random_bytes() {
        Random random = new Random(8);
        byte[] alphabet = {
            'a',
            ' ',
            0,
            0x7F,
            (byte) 0x80,
            (byte) 0x8F,
            (byte) 0x90,
            (byte) 0x9F,
            (byte) 0xA0,
            (byte) 0xBF,
            (byte) 0xC0,
            (byte) 0xC1,
            (byte) 0xC2,
            (byte) 0xDF,
            (byte) 0xE0,
            (byte) 0xE1,
            (byte) 0xED,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0xF1,
            (byte) 0xF4,
            (byte) 0xF5,
            (byte) 0xFF
        };
        int wellFormed = 0;
        for (int n = 0; n < 400_000; n++) {
            byte[] bytes = new byte[random.nextInt(20)];
            boolean mostlyAscii = n % 2 == 0;
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] =
                        mostlyAscii && random.nextInt(4) > 0 ? (byte) 'a' : alphabet[random.nextInt(alphabet.length)];
            }
            boolean expected = decodes(bytes);
            wellFormed += expected ? 1 : 0;
            if ((Utf8.firstMalformed(bytes, 0, bytes.length) == -1) != expected) {
                throw new AssertionError(java.util.HexFormat.of().formatHex(bytes));
            }
        }
        assertThat(wellFormed).isBetween(40_000, 360_000);
    }

    @Test
    void the_range_is_kept() {
        byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF};
        assertThat(Utf8.firstMalformed(bytes, 1, 4)).isEqualTo(-1);
        assertThat(Utf8.firstMalformed(bytes, 1, 3)).isEqualTo(2);
        assertThat(Utf8.firstMalformed(bytes, 1, 5)).isEqualTo(4);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
