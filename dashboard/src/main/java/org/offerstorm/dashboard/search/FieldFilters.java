package org.offerstorm.dashboard.search;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.offerstorm.core.model.DataField;
import org.offerstorm.core.model.FieldType;

/** Reads the filters of a data set's further fields: {@code field.NAME=value}. Only declared fields have one. */
final class FieldFilters {
    private static final String TO = "..";
    private static final int DAY = 10;
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,16}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

    private final Map<String, DataField> fields;

    FieldFilters(List<DataField> fields) {
        this.fields = fields.stream()
                .collect(
                        Collectors.toMap(DataField::name, field -> field, (first, again) -> first, LinkedHashMap::new));
    }

    /** Whether it is the name of a parameter of a declared field. */
    boolean knows(String parameter) {
        return parameter.startsWith(FieldFilter.PREFIX)
                && fields.containsKey(parameter.substring(FieldFilter.PREFIX.length()));
    }

    /** Names of the parameters that there are, for people. */
    String names() {
        return fields.keySet().stream().map(name -> FieldFilter.PREFIX + name).collect(Collectors.joining(", "));
    }

    /** @throws BadSearch if a value is not of the field's type */
    FieldFilter read(String parameter, Set<String> values) {
        DataField field = fields.get(parameter.substring(FieldFilter.PREFIX.length()));
        return switch (field.type()) {
            case KEYWORD, KEYWORDS -> FieldFilter.of(field, values);
            case BOOLEAN -> flags(parameter, field, values);
            case TEXT -> words(parameter, field, only(parameter, values));
            case INTEGER, DECIMAL, DATE -> range(parameter, field, only(parameter, values));
        };
    }

    private static FieldFilter flags(String parameter, DataField field, Set<String> values) {
        if (!Set.of("true", "false").containsAll(values)) {
            throw new BadSearch(parameter + " is true or false");
        }
        return FieldFilter.of(field, values);
    }

    private static FieldFilter words(String parameter, DataField field, String text) {
        Words words = Words.of(text);
        if (words.terms().isEmpty()) {
            throw new BadSearch(parameter + " is searched by its words, and has none");
        }
        return FieldFilter.of(field, words);
    }

    private static String only(String parameter, Set<String> values) {
        if (values.size() > 1) {
            throw new BadSearch(parameter + " may be given once");
        }
        return values.iterator().next();
    }

    private static FieldFilter range(String parameter, DataField field, String text) {
        int at = text.indexOf(TO);
        String from = at < 0 ? text : text.substring(0, at);
        String to = at < 0 ? text : text.substring(at + TO.length());
        if (from.isEmpty() && to.isEmpty()) {
            throw new BadSearch(parameter + " needs one end at least: from..to, from.. or ..to");
        }
        return FieldFilter.between(
                field,
                from.isEmpty() ? null : end(parameter, field.type(), from, false),
                to.isEmpty() ? null : end(parameter, field.type(), to, true));
    }

    private static String end(String parameter, FieldType type, String text, boolean upper) {
        if (type == FieldType.DATE) {
            return date(parameter, text, upper);
        }
        boolean whole = type == FieldType.INTEGER;
        if (!(whole ? INTEGER : DECIMAL).matcher(text).matches()) {
            throw new BadSearch(parameter + " is a " + (whole ? "whole " : "") + "number such as 40, or a range such as"
                    + " 35..40, 35.. or ..40");
        }
        return whole ? Long.toString(Long.parseLong(text)) : new BigDecimal(text).toPlainString();
    }

    private static String date(String parameter, String text, boolean upper) {
        try {
            Instant instant;
            if (text.length() == DAY) {
                LocalDate day = LocalDate.parse(text);
                instant = (upper ? day.plusDays(1) : day)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
                instant = upper ? instant.minusMillis(1) : instant;
            } else {
                instant = OffsetDateTime.parse(text).toInstant();
            }
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 0 && year <= 9999) {
                return instant.toString();
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new BadSearch(parameter + " is a day such as 2026-01-31, a time such as 2026-01-31T08:00:00Z, or a range"
                + " such as 2026-01-01..2026-01-31");
    }
}
