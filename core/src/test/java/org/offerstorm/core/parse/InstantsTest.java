package org.offerstorm.core.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstantsTest {
    private static final long EARLIEST =
            OffsetDateTime.parse("2000-01-01T00:00:00Z").toInstant().toEpochMilli();
    private static final long LATEST =
            OffsetDateTime.parse("2100-01-01T00:00:00Z").toInstant().toEpochMilli();

    private final Instants instants = Instants.ofPublication();

    @Test
    void agrees_with_java_time_on_dates_with_a_few_wrong_characters() {
        DateTimeFormatter iso = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);
        Random random = new Random(6);
        String characters = "0123456789-+:.TZ ";
        int accepted = 0;
        for (int n = 0; n < 100_000; n++) {
            String zone = random.nextBoolean()
                    ? "Z"
                    : String.format(
                            Locale.ROOT,
                            "%s%02d:%02d",
                            random.nextBoolean() ? "+" : "-",
                            random.nextInt(20),
                            random.nextInt(62));
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%04d-%02d-%02dT%02d:%02d:%02d.%03d",
                    1999 + random.nextInt(103),
                    1 + random.nextInt(12),
                    1 + random.nextInt(31),
                    random.nextInt(25),
                    random.nextInt(61),
                    random.nextInt(61),
                    random.nextInt(1000)));
            text.append(zone);
            if (random.nextInt(3) == 0) {
                text.setCharAt(random.nextInt(text.length()), characters.charAt(random.nextInt(characters.length())));
            }
            Long expected = expected(iso, text.toString());
            Long got = parse(text.toString());
            accepted += got == null ? 0 : 1;
            if (isBeyondIso(text.toString())) {
                continue;
            }
            assertThat(got).as("%s", text).isEqualTo(expected);
        }
        assertThat(accepted).isGreaterThan(20_000);
    }

    /** Forms of ISO 8601 that Java's formatter refuses: {@code +0100}; an offset that lost its colon to a digit is none. */
    private static boolean isBeyondIso(String text) {
        return text.matches(".*[+-]\\d{4}$");
    }

    private Long parse(String text) {
        try {
            return instants.parse(text.toCharArray(), 0, text.length());
        } catch (Refused e) {
            return null;
        }
    }

    private static Long expected(DateTimeFormatter iso, String text) {
        try {
            long millis = OffsetDateTime.parse(text, iso).toInstant().toEpochMilli();
            return millis < EARLIEST || millis > LATEST ? null : millis;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
