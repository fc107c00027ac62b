package org.offerstorm.bolts;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;
import org.offerstorm.core.model.Salary;

/** Details of offers of one data set, of every kind, by chance. One thread. */
final class RandomDetails {
    private static final String[] TEXTS = {
        "",
        "a",
        "\u00E9",
        "two\nlines\u0000",
        "\uD83D\uDE80",
        "x".repeat(70),
        "\u20AC".repeat(300),
        "https://a.example/?q=1"
    };
    private static final long[] NUMBERS = {0, -1, 127, 128, 1L << 53, -(1L << 53), 1_795_275_061_123L};
    private static final double[] DECIMALS = {0, -0.5, 1e-300, Double.MAX_VALUE, 2_500.25};

    private static final List<FieldType> TYPES = List.of(FieldType.values());

    private final Random random;
    private final List<DataField> fields = new ArrayList<>();

    RandomDetails(Random random) {
        this.random = random;
        for (int i = random.nextInt(20); i > 0; i--) {
            fields.add(new DataField("field_" + i, TYPES.get(random.nextInt(TYPES.size())), random.nextBoolean()));
        }
    }

    Details next() {
        return new Details(
                text(),
                text(),
                text(),
                text(),
                random.nextBoolean() ? null : (Boolean) random.nextBoolean(),
                random.nextBoolean() ? null : salary(),
                random.nextBoolean() ? Offer.NO_DATE : number(),
                fields.stream()
                        .filter(field -> random.nextBoolean())
                        .map(this::value)
                        .toList());
    }

    private Salary salary() {
        double min = random.nextBoolean() ? Double.NaN : decimal();
        double max = random.nextBoolean() ? Double.NaN : decimal();
        return new Salary(min, max, text(), text());
    }

    private FieldValue value(DataField field) {
        Object value =
                switch (field.type()) {
                    case TEXT, KEYWORD -> TEXTS[random.nextInt(TEXTS.length)];
                    case KEYWORDS ->
                        random.ints(1L + random.nextInt(9), 0, TEXTS.length)
                                .mapToObj(i -> TEXTS[i])
                                .toList();
                    case INTEGER, DATE -> (Object) number();
                    case DECIMAL -> (Object) decimal();
                    case BOOLEAN -> (Object) random.nextBoolean();
                };
        return new FieldValue(field, value);
    }

    private String text() {
        int n = random.nextInt(2 * TEXTS.length);
        return n < TEXTS.length ? TEXTS[n] : null;
    }

    private long number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private double decimal() {
        return DECIMALS[random.nextInt(DECIMALS.length)];
    }
}
