package org.offerstorm.tools.inspect;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Values that mean a boolean, or the time that a salary is for, and what they mean. */
final class KnownWords {
    private static final Set<String> BOOLEANS = Set.of("true", "false", "yes", "no", "1", "0");
    /** Lever says {@code per-year-salary} and {@code per-hour-wage}. */
    private static final Pattern UNIT = Pattern.compile("_(salary|wage|rate)$");

    private static final Set<String> PERIODS = Set.of("hour", "day", "week", "month", "year");
    private static final Map<String, String> REMOTE = table(
            "true", "oui ja si sí y j o remote fully_remote full_remote fulltime telecommute télétravail homeoffice",
            "false", "non nein n none onsite on_site office sur_site présentiel vor_ort presencial not_remote");
    private static final Map<String, String> SALARY = table(
            "hour", "hourly per_hour heure horaire stunde stündlich pro_stunde hora por_hora",
            "day", "daily per_day jour journalier tag täglich día dia",
            "week", "weekly per_week semaine hebdomadaire woche wöchentlich semana",
            "month", "monthly per_month mois mensuel monat monatlich pro_monat mes mensual al_mes",
            "year",
                    "yearly annual annually per_year per_annum an année annuel jahr jährlich pro_jahr año anual al_año");
    /** Signs and names that mean one currency alone; a dollar sign may be one of several. */
    private static final Map<String, String> CURRENCY =
            table("EUR", "€ euro euros", "GBP", "£ pound_sterling", "PLN", "zł", "INR", "₹");

    private KnownWords() {}

    static boolean areBooleans(Collection<String> values) {
        return values.stream().allMatch(value -> BOOLEANS.contains(lower(value)));
    }

    /** The table of values that makes booleans of these; empty if they are such already, null if a word is unknown. */
    static Map<String, String> remote(Collection<String> values) {
        return meanings(values, BOOLEANS, REMOTE);
    }

    /** The table of values that makes periods of these; empty if they are such already, null if a word is unknown. */
    static Map<String, String> periods(Collection<String> values) {
        return meanings(values, PERIODS, SALARY);
    }

    /** The table of values that makes currencies of three letters of these; null if a word is unknown. */
    static Map<String, String> currencies(Collection<String> values) {
        return meanings(values, Set.of(), CURRENCY);
    }

    private static Map<String, String> meanings(
            Collection<String> values, Set<String> known, Map<String, String> table) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (String value : values) {
            String word = lower(value);
            if (known.contains(word)) {
                continue;
            }
            String meaning =
                    table.get(UNIT.matcher(word.replaceAll("[ -]", "_")).replaceFirst(""));
            if (meaning == null) {
                return null;
            }
            meanings.put(value.strip(), meaning);
        }
        return meanings;
    }

    private static String lower(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> table(String... meaningsAndWords) {
        Map<String, String> table = new LinkedHashMap<>();
        for (int i = 0; i < meaningsAndWords.length; i += 2) {
            for (String word : List.of(meaningsAndWords[i + 1].split(" ", -1))) {
                table.put(word, meaningsAndWords[i]);
            }
        }
        return table;
    }
}
