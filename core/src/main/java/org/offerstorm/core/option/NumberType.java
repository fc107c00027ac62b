package org.offerstorm.core.option;

import java.time.Duration;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.offerstorm.core.text.PlainText;

/**
 * A whole number, a duration or a size, within bounds.
 *
 * @param kind whole number, duration, size
 * @param lowest lowest text allowed
 * @param highest highest text allowed
 * @param read number of a text
 * @param convert value of a number
 */
public record NumberType<T>(
        String kind, String lowest, String highest, ToLongFunction<String> read, LongFunction<T> convert)
        implements ValueType<T> {
    public static NumberType<Integer> whole(int lowest, int highest) {
        return new NumberType<>(
                "whole number", Integer.toString(lowest), Integer.toString(highest), Units::whole, Math::toIntExact);
    }

    public static NumberType<Long> wholeLong(long lowest, long highest) {
        return new NumberType<>("whole number", Long.toString(lowest), Long.toString(highest), Units::whole, n -> n);
    }

    public static NumberType<Duration> duration(String shortest, String longest) {
        return new NumberType<>("duration", shortest, longest, Units::millis, Duration::ofMillis);
    }

    public static NumberType<Long> size(String smallest, String largest) {
        return new NumberType<>("size", smallest, largest, Units::size, bytes -> bytes);
    }

    @Override
    public T parse(String text) {
        long number = read.applyAsLong(text);
        if (number < read.applyAsLong(lowest)) {
            throw new IllegalArgumentException(
                    PlainText.excerpt(text) + " is too little; write " + lowest + " to " + highest);
        }
        if (number > read.applyAsLong(highest)) {
            throw new IllegalArgumentException(
                    PlainText.excerpt(text) + " is too much; write " + lowest + " to " + highest);
        }
        return convert.apply(number);
    }

    @Override
    public String allowed() {
        return kind + ", " + lowest + " to " + highest;
    }
}
