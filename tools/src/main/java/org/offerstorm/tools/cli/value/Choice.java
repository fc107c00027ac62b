package org.offerstorm.tools.cli.value;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.offerstorm.core.text.PlainText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One of a few words, in lower or upper case: the constants of an enum. */
final class Choice<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    Choice(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String text) {
        for (E each : type.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw new TypeConversionException("'" + PlainText.excerpt(text) + "' is not a choice; write " + words());
    }

    /** {@code text, csv or json}. */
    private String words() {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}
