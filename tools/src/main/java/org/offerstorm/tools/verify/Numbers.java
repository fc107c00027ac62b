package org.offerstorm.tools.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.offerstorm.core.text.Quote;

/** Short numbers for names that come again and again, given in the order in which they come first. */
final class Numbers {
    private final char first;
    private final int last;
    private final Map<String, Character> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    Numbers(int first, int last) {
        this.first = (char) first;
        this.last = last;
    }

    /** @throws IllegalStateException if there are too many names */
    char of(String name) {
        Character known = numbers.get(name);
        if (known != null) {
            return known;
        }
        if (first + names.size() > last) {
            throw new IllegalStateException("more than " + names.size() + " names, such as " + Quote.of(name));
        }
        char number = (char) (first + names.size());
        names.add(name);
        numbers.put(name, number);
        return number;
    }

    String name(char number) {
        return names.get(number - first);
    }
}
