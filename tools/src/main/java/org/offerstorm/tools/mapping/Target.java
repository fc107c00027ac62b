package org.offerstorm.tools.mapping;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.offerstorm.core.mapping.StandardField;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.text.Quote;

/** What a field needs, so what its rule may say. */
enum Target {
    ID,
    TEXT,
    URL,
    CURRENCY,
    PERIOD,
    TEXTS,
    INTEGER,
    DECIMAL,
    LATITUDE,
    LONGITUDE,
    BOOLEAN,
    DATE,
    LOCATION;

    private static final Set<String> BOOLEANS = Set.of("true", "false", "1", "0", "yes", "no");
    private static final Set<String> PERIODS = Set.of("hour", "day", "week", "month", "year");

    static Target of(StandardField field) {
        return switch (field) {
            case ID -> ID;
            case CATEGORY, CONTRACT_TYPE, NAME, COMPANY, DESCRIPTION, CITY, COUNTRY -> TEXT;
            case URL -> URL;
            case SALARY_CURRENCY -> CURRENCY;
            case SALARY_PERIOD -> PERIOD;
            case PROFESSION_ID -> INTEGER;
            case OFFICE_LATITUDE -> LATITUDE;
            case OFFICE_LONGITUDE -> LONGITUDE;
            case SALARY_MIN, SALARY_MAX -> DECIMAL;
            case REMOTE -> BOOLEAN;
            case PUBLISHED_AT, VALID_THROUGH -> DATE;
            case LOCATION -> LOCATION;
        };
    }

    static Target of(FieldType type) {
        return switch (type) {
            case TEXT, KEYWORD -> TEXT;
            case KEYWORDS -> TEXTS;
            case INTEGER -> INTEGER;
            case DECIMAL -> DECIMAL;
            case BOOLEAN -> BOOLEAN;
            case DATE -> DATE;
        };
    }

    boolean isText() {
        return this == TEXT || this == TEXTS;
    }

    boolean isNumber() {
        return this == INTEGER || this == DECIMAL || this == LATITUDE || this == LONGITUDE;
    }

    /** Why a text that the mapping itself writes cannot be a value; null if it can. Numbers are in the usual form. */
    String refusal(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        return switch (this) {
            case ID, TEXT, TEXTS, DATE, LOCATION -> null;
            case URL -> isUrl(text) ? null : Quote.of(text) + " is not an absolute http or https URL";
            case CURRENCY ->
                text.matches("[A-Za-z]{3}")
                        ? null
                        : Quote.of(text) + " is not a currency of three letters, such as EUR";
            case PERIOD -> PERIODS.contains(plain) ? null : Quote.of(text) + " is not hour, day, week, month or year";
            case BOOLEAN -> BOOLEANS.contains(plain) ? null : Quote.of(text) + " is not true or false";
            case INTEGER -> text.matches("[+-]?\\d{1,16}") ? null : Quote.of(text) + " is not a whole number";
            case DECIMAL -> isWithin(text, Double.MAX_VALUE) ? null : Quote.of(text) + " is not a number";
            case LATITUDE -> isWithin(text, 90) ? null : Quote.of(text) + " is not a number of degrees, -90 to 90";
            case LONGITUDE -> isWithin(text, 180) ? null : Quote.of(text) + " is not a number of degrees, -180 to 180";
        };
    }

    private static boolean isWithin(String text, double bound) {
        try {
            return Math.abs(Double.parseDouble(text)) <= bound;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
