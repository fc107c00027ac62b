package org.offerstorm.core.trigger;

/**
 * A comparison with a number.
 *
 * @param operator one of {@code > >= < <= == !=}
 */
public record Condition(String operator, long number) {
    /** Whether it holds for a value. */
    public boolean holds(long value) {
        return switch (operator) {
            case ">" -> value > number;
            case ">=" -> value >= number;
            case "<" -> value < number;
            case "<=" -> value <= number;
            case "==" -> value == number;
            case "!=" -> value != number;
            default -> throw new IllegalStateException(operator);
        };
    }

    /**
     * What has to hold until this one counts as over: beyond the threshold by two percent, at least by one, so that a value
     * that trembles about the threshold is one event and not many.
     */
    Condition opposite() {
        long margin = Math.max(1, Math.abs(number) / 50);
        return switch (operator) {
            case ">" -> new Condition("<=", number - margin);
            case ">=" -> new Condition("<", number - margin);
            case "<" -> new Condition(">=", number + margin);
            case "<=" -> new Condition(">", number + margin);
            case "==" -> new Condition("!=", number);
            case "!=" -> new Condition("==", number);
            default -> throw new IllegalStateException(operator);
        };
    }

    /** What holds where this one does not. */
    Condition exactOpposite() {
        return switch (operator) {
            case ">" -> new Condition("<=", number);
            case ">=" -> new Condition("<", number);
            case "<" -> new Condition(">=", number);
            case "<=" -> new Condition(">", number);
            case "==" -> new Condition("!=", number);
            case "!=" -> new Condition("==", number);
            default -> throw new IllegalStateException(operator);
        };
    }

    @Override
    public String toString() {
        return operator + " " + number;
    }
}
