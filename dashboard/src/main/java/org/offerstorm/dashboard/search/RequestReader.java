package org.offerstorm.dashboard.search;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.offerstorm.core.model.Continent;
import org.offerstorm.dashboard.search.SearchRequest.Order;

/** Makes a {@link SearchRequest} of the parameters of a URL. It refuses all that it does not understand, with the reason. */
final class RequestReader {
    static final List<String> NAMES = List.of(
            "q",
            "typing",
            "near",
            "radius",
            "continent",
            "category",
            "profession",
            "contract",
            "city",
            "country",
            "remote",
            "salary_min",
            "salary_currency",
            "salary_period",
            "published",
            "from",
            "to",
            "box",
            "heat",
            "sort",
            "cursor",
            "rows");
    private static final Set<String> MANY =
            Set.of("continent", "category", "profession", "contract", "city", "country", "remote");
    private static final Set<String> PERIODS = Set.of("hour", "day", "week", "month", "year");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,4})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

    private static final int MAX_VALUES = 20;
    private static final int MAX_VALUE = 200;
    private static final int DEFAULT_ROWS = 20;
    private static final double DEFAULT_KM = 30;
    private static final double MAX_KM = 20_000;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,15})?");
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)(km|mi|m)?");
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,4})d");

    private final Map<String, ? extends Collection<String>> parameters;
    private final InstantSource clock;
    private final Cursors cursors;
    private final UnaryOperator<String> spelling;
    private final FieldFilters fields;

    private RequestReader(
            Map<String, ? extends Collection<String>> parameters,
            InstantSource clock,
            Cursors cursors,
            UnaryOperator<String> spelling,
            FieldFilters fields) {
        this.parameters = parameters;
        this.clock = clock;
        this.cursors = cursors;
        this.spelling = spelling;
        this.fields = fields;
    }

    /**
     * @param spelling of a category, as offers have it
     * @param fields filters of the data set's further fields
     * @throws BadSearch with the first thing that is wrong
     */
    static SearchRequest read(
            Map<String, ? extends Collection<String>> parameters,
            InstantSource clock,
            Cursors cursors,
            UnaryOperator<String> spelling,
            FieldFilters fields) {
        return new RequestReader(parameters, clock, cursors, spelling, fields).read();
    }

    private SearchRequest read() {
        for (String name : parameters.keySet()) {
            if (!NAMES.contains(name) && !fields.knows(name)) {
                throw new BadSearch(unknown(name));
            }
        }
        Near near = near();
        Order order = order(near);
        String cursor = one("cursor");
        String published = one("published");
        Instant from = time("from");
        if (published != null) {
            if (from != null) {
                throw new BadSearch("published and from say the same; give one of them");
            }
            from = ago(published);
        }
        return new SearchRequest(
                Words.of(one("q") == null ? "" : one("q")),
                flag("typing"),
                near,
                continents(),
                categories(),
                professions(),
                texts("contract"),
                wanted(),
                from,
                time("to"),
                box("box"),
                box("heat"),
                order,
                cursor == null ? null : PageStart.of(cursors.open(cursor, order)),
                rows());
    }

    private String unknown(String name) {
        if (name.startsWith(FieldFilter.PREFIX)) {
            return fields.names().isEmpty()
                    ? "this data set has no further fields, so no parameters " + FieldFilter.PREFIX + "NAME"
                    : "there is no such field; known are " + fields.names();
        }
        return "there is no such parameter; known are " + String.join(", ", NAMES)
                + (fields.names().isEmpty() ? "" : ", " + fields.names());
    }

    private Wanted wanted() {
        List<FieldFilter> filters = new ArrayList<>();
        for (String name : parameters.keySet()) {
            if (fields.knows(name)) {
                Set<String> values = texts(name);
                if (!values.isEmpty()) {
                    filters.add(fields.read(name, values));
                }
            }
        }
        if (filters.size() > MAX_VALUES) {
            throw new BadSearch("at most " + MAX_VALUES + " further fields may be filters at once");
        }
        return new Wanted(texts("city"), texts("country"), remote(), pay(), filters);
    }

    private Set<Boolean> remote() {
        Set<Boolean> remote = new LinkedHashSet<>();
        for (String value : texts("remote")) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new BadSearch("remote is true or false");
            }
            remote.add(value.equals("true"));
        }
        return remote;
    }

    private Wanted.Pay pay() {
        String from = one("salary_min");
        String currency = one("salary_currency");
        String period = one("salary_period");
        if (from != null && !AMOUNT.matcher(from).matches()) {
            throw new BadSearch("salary_min is an amount such as 40000 or 12.50");
        }
        if (currency != null && !CURRENCY.matcher(currency).matches()) {
            throw new BadSearch("salary_currency is three letters such as EUR");
        }
        if (period != null && !PERIODS.contains(period)) {
            throw new BadSearch("salary_period is hour, day, week, month or year");
        }
        return from == null && currency == null && period == null
                ? null
                : new Wanted.Pay(from, currency == null ? null : currency.toUpperCase(Locale.ROOT), period);
    }

    private String one(String name) {
        Collection<String> values = parameters.get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1 && !MANY.contains(name)) {
            throw new BadSearch(name + " may be given once");
        }
        String value = values.iterator().next();
        return value.isEmpty() ? null : value;
    }

    private Set<String> texts(String name) {
        Set<String> texts = new LinkedHashSet<>();
        for (String value : parameters.containsKey(name) ? parameters.get(name) : List.<String>of()) {
            if (value.length() > MAX_VALUE) {
                throw new BadSearch(name + " has a value of more than " + MAX_VALUE + " characters");
            }
            if (!value.isEmpty()) {
                texts.add(value);
            }
        }
        if (texts.size() > MAX_VALUES) {
            throw new BadSearch(name + " may have " + MAX_VALUES + " values at most");
        }
        return texts;
    }

    private Set<String> categories() {
        Set<String> categories = new LinkedHashSet<>();
        texts("category").forEach(text -> categories.add(spelling.apply(text)));
        return categories;
    }

    private Set<Continent> continents() {
        Set<Continent> continents = EnumSet.noneOf(Continent.class);
        for (String value : texts("continent")) {
            try {
                continents.add(Continent.valueOf(value));
            } catch (IllegalArgumentException e) {
                throw new BadSearch("continent is one of " + List.of(Continent.values()));
            }
        }
        return continents;
    }

    private Set<Long> professions() {
        Set<Long> ids = new LinkedHashSet<>();
        for (String value : texts("profession")) {
            try {
                ids.add(Long.parseLong(value));
            } catch (NumberFormatException e) {
                throw new BadSearch("profession is the number of a profession");
            }
        }
        return ids;
    }

    private Near near() {
        String point = one("near");
        String radius = one("radius");
        if (point == null) {
            if (radius != null) {
                throw new BadSearch("radius needs near=latitude,longitude");
            }
            return null;
        }
        double[] degrees = numbers("near", point, 2, "latitude,longitude");
        Box checked = new Box(degrees[1], degrees[0], degrees[1], degrees[0]);
        return new Near(checked.south(), checked.west(), radius == null ? DEFAULT_KM : km(radius));
    }

    private static double km(String radius) {
        if (radius.equals("any")) {
            return Near.ANYWHERE;
        }
        Matcher matcher = LENGTH.matcher(radius);
        if (matcher.matches()) {
            double unit = "mi".equals(matcher.group(2)) ? 1.609344 : "m".equals(matcher.group(2)) ? 0.001 : 1;
            double km = Double.parseDouble(matcher.group(1)) * unit;
            if (km >= 0.1 && km <= MAX_KM) {
                return km;
            }
        }
        throw new BadSearch("radius is a length such as 30km, 20mi or 500m, from 0.1 to 20000 km, or any");
    }

    private Box box(String name) {
        String text = one(name);
        if (text == null) {
            return null;
        }
        double[] sides = numbers(name, text, 4, "west,south,east,north");
        return new Box(sides[0], sides[1], sides[2], sides[3]);
    }

    private static double[] numbers(String name, String text, int count, String form) {
        String[] parts = text.split(",", count + 1);
        List<Double> numbers = new ArrayList<>();
        for (String part : parts) {
            if (NUMBER.matcher(part).matches()) {
                numbers.add(Double.valueOf(part));
            }
        }
        if (parts.length != count || numbers.size() != count) {
            throw new BadSearch(name + " reads " + form + " in decimal degrees");
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private Instant ago(String published) {
        Matcher matcher = DAYS.matcher(published);
        if (!matcher.matches()) {
            throw new BadSearch("published is a number of days such as 7d");
        }
        // Whole minutes, so that Solr may know the filter again.
        long now = clock.instant().getEpochSecond() / 60 * 60;
        return Instant.ofEpochSecond(now).minus(Duration.ofDays(Long.parseLong(matcher.group(1))));
    }

    private Instant time(String name) {
        String text = one(name);
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == 10) {
                LocalDate day = LocalDate.parse(text);
                return (name.equals("to") ? day.plusDays(1) : day)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            }
            Instant instant = OffsetDateTime.parse(text).toInstant();
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 0 && year <= 9999) {
                return instant;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new BadSearch(name + " is a day such as 2026-01-31, or a time such as 2026-01-31T08:00:00Z");
    }

    private Order order(Near near) {
        String text = one("sort");
        Order order = text == null
                ? Order.RELEVANCE
                : switch (text) {
                    case "relevance" -> Order.RELEVANCE;
                    case "newest" -> Order.NEWEST;
                    case "nearest" -> Order.NEAREST;
                    default -> throw new BadSearch("sort is relevance, newest or nearest");
                };
        if (order == Order.NEAREST && near == null) {
            throw new BadSearch("sort=nearest needs near=latitude,longitude");
        }
        return order;
    }

    private boolean flag(String name) {
        String text = one(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw new BadSearch(name + " is true or false");
    }

    private int rows() {
        String text = one("rows");
        if (text == null) {
            return DEFAULT_ROWS;
        }
        if (text.matches("[0-9]{1,3}")) {
            int rows = Integer.parseInt(text);
            if (rows >= 1 && rows <= SearchRequest.MAX_ROWS) {
                return rows;
            }
        }
        throw new BadSearch("rows is 1 to " + SearchRequest.MAX_ROWS
                + "; request the next page with cursor=, the field next of the answer");
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
