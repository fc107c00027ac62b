package org.offerstorm.tools.mapping;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import org.offerstorm.core.mapping.ReadAs;
import org.offerstorm.core.text.Nearest;
import org.offerstorm.core.text.Quote;
import org.offerstorm.tools.mapping.Document.Entry;
import org.yaml.snakeyaml.nodes.Node;

/** Reads how a value is read: {@code as}, and the {@code zone} of its dates. */
final class ReadAsReader {
    private static final List<String> OF_NUMBERS = List.of("decimal ,", "decimal .");
    private static final List<String> OF_DATES = List.of("epoch-seconds", "epoch-millis");
    private static final List<String> OF_LOCATIONS = List.of("lat,lon", "lon,lat", "geojson");
    private static final ZonedDateTime EXAMPLE =
            ZonedDateTime.of(2031, 10, 25, 13, 45, 56, 789_000_000, ZoneOffset.UTC);

    private final Document document;

    ReadAsReader(Document document) {
        this.document = document;
    }

    /** @param as null if the rule has none, as {@code zone} */
    ReadAs read(Entry as, Entry zone, Node rule, String path, Target target) {
        ZoneId own = zone == null ? null : zone(zone);
        ReadAs read = new ReadAs.Usual();
        if (as != null) {
            String text = document.text(as.value(), as.path(), "how the value is read");
            if (text != null) {
                read = read(as, text, own, target);
            }
        } else if (target == Target.LOCATION) {
            document.wrong(
                    rule, path, "does not say how it is read; add as: with " + String.join(" or ", OF_LOCATIONS));
        }
        if (zone != null && !(read instanceof ReadAs.Date)) {
            misplaced(zone, as, target, read);
        }
        return read;
    }

    private void misplaced(Entry zone, Entry as, Target target, ReadAs read) {
        if (target != Target.DATE) {
            document.wrong(zone.keyNode(), zone.path(), "is for dates; remove it");
        } else if (as == null) {
            document.wrong(
                    zone.keyNode(),
                    zone.path(),
                    "goes with a pattern in as; for dates by ISO 8601, write zone at the top of the file");
        } else if (!(read instanceof ReadAs.Usual)) {
            document.wrong(zone.keyNode(), zone.path(), "an epoch counts from 1970 UTC; remove it");
        }
    }

    private ReadAs read(Entry as, String text, ZoneId zone, Target target) {
        if (target.isNumber()) {
            return number(as, text);
        } else if (target == Target.DATE) {
            return date(as, text, zone);
        } else if (target == Target.LOCATION) {
            return location(as, text);
        }
        document.wrong(as.keyNode(), as.path(), "is for numbers, dates and the location; remove it");
        return new ReadAs.Usual();
    }

    private ReadAs number(Entry as, String text) {
        if (OF_NUMBERS.contains(text)) {
            return new ReadAs.Decimal(text.charAt(text.length() - 1));
        }
        document.wrong(as.value(), as.path(), "is " + Quote.of(text) + "; " + Document.choose(text, OF_NUMBERS));
        return new ReadAs.Usual();
    }

    private ReadAs location(Entry as, String text) {
        return switch (text) {
            case "lat,lon" -> new ReadAs.LatLon();
            case "lon,lat" -> new ReadAs.LonLat();
            case "geojson" -> new ReadAs.GeoJson();
            default -> {
                document.wrong(
                        as.value(), as.path(), "is " + Quote.of(text) + "; " + Document.choose(text, OF_LOCATIONS));
                yield new ReadAs.Usual();
            }
        };
    }

    private ReadAs date(Entry as, String text, ZoneId zone) {
        if (text.equals("epoch-seconds")) {
            return new ReadAs.EpochSeconds();
        } else if (text.equals("epoch-millis")) {
            return new ReadAs.EpochMillis();
        }
        String refusal = refusal(text);
        if (refusal != null) {
            document.wrong(as.value(), as.path(), "is " + Quote.of(text) + "; " + refusal);
            return new ReadAs.Usual();
        }
        return new ReadAs.Date(text, zone);
    }

    /** Why this cannot be the pattern of a date; null if it can. */
    private static String refusal(String pattern) {
        String epoch = Nearest.of(pattern, OF_DATES).orElse(null);
        if (epoch != null) {
            return "did you mean '" + epoch + "'?";
        }
        if (pattern.matches("(?i)iso.*")) {
            return "dates by ISO 8601 need no as; remove it";
        }
        DateTimeFormatter formatter;
        try {
            formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            return "not a pattern of a date: " + e.getMessage()
                    + "; write epoch-seconds, epoch-millis, or a pattern such as dd/MM/yyyy HH:mm";
        }
        String hint = pattern.contains("Y")
                ? "; the year is yyyy, YYYY counts weeks"
                : pattern.contains("D")
                        ? "; the day of the month is dd, DD is the day of the year"
                        : pattern.contains("m") && !pattern.contains("M") ? "; the month is MM, mm is the minute" : "";
        TemporalAccessor parsed;
        try {
            parsed = formatter.parse(formatter.format(EXAMPLE));
        } catch (DateTimeException e) {
            return "no date can be read by it" + (hint.isEmpty() ? "; write one such as dd/MM/yyyy HH:mm" : hint);
        }
        if (parsed.query(TemporalQueries.localDate()) == null) {
            return "it does not give year, month and day" + hint;
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        boolean clock = pattern.replaceAll("'[^']*'", "").matches("(?s).*[hHkKmsSaA].*");
        return clock && time == null ? "it does not give the hour of the day; write HH, or hh with a (AM or PM)" : null;
    }

    /** A zone; null, and a problem, if it is none. */
    ZoneId zone(Entry entry) {
        String text = document.text(entry.value(), entry.path(), "a time zone such as Europe/Paris");
        if (text == null) {
            return null;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            document.wrong(
                    entry.value(),
                    entry.path(),
                    "unknown zone " + Quote.of(text) + "; "
                            + Nearest.of(
                                            text,
                                            ZoneId.getAvailableZoneIds().stream()
                                                    .sorted()
                                                    .toList())
                                    .map(name -> "did you mean '" + name + "'?")
                                    .orElse("write one such as Europe/Paris, UTC or +02:00"));
            return null;
        }
    }
}
