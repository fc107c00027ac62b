package org.offerstorm.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offerstorm.core.mapping.Mappings.as;
import static org.offerstorm.core.mapping.Mappings.at;
import static org.offerstorm.core.mapping.Mappings.constant;
import static org.offerstorm.core.mapping.Mappings.join;
import static org.offerstorm.core.mapping.Mappings.offer;
import static org.offerstorm.core.mapping.Mappings.otherwise;
import static org.offerstorm.core.mapping.Mappings.refusal;
import static org.offerstorm.core.mapping.Mappings.table;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.FieldType;
import org.offerstorm.core.model.FieldValue;
import org.offerstorm.core.model.Offer;

/** Every way to read a value, and what is refused. In the cases, {@code '} stands for a quote of JSON. */
class ConversionsTest {
    private static final ReadAs USUAL = new ReadAs.Usual();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "7 | 7",
                "'7' | 7",
                "' 7 ' | 7",
                "'+7' | 7",
                "'007' | 7",
                "7.0 | 7",
                "'7.0' | 7",
                "7e2 | 700",
                "-0 | 0",
                "true | !bad_type",
                "9007199254740992 | 9007199254740992",
                "-9007199254740992 | -9007199254740992",
                "9007199254740993 | !out_of_range",
                "9007199254740993.0 | !out_of_range",
                "1e400 | !out_of_range",
                "'1e999999999' | !out_of_range",
                "1e-400 | 0",
                "7.5 | !bad_type",
                "'7,0' | !bad_type",
                "'seven' | !bad_type",
                "[7] | !bad_type",
                "{'a':7} | !bad_type",
                "'' | null",
                "' ' | null",
                "'\\u200b' | null",
                "null | null",
                "'0x7' | !bad_type",
                "'NaN' | !bad_type",
                "'١' | !bad_type",
                "99999999999999999999 | !out_of_range",
                "00 | !bad_json"
            })
    void whole_numbers(String json, String expected) {
        check(FieldType.INTEGER, USUAL, json, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.5 | 1.5",
                "'1.5' | 1.5",
                "' -1.5e3 ' | -1500.0",
                "-0.0 | 0.0",
                "'.5' | 0.5",
                "5 | 5.0",
                "1e999 | !out_of_range",
                "'1e999' | !out_of_range",
                "'Infinity' | !bad_type",
                "'NaN' | !bad_type",
                "NaN | !bad_json",
                "'1,5' | !bad_type",
                "1e-999 | 0.0",
                "false | !bad_type",
                "[] | null",
                "[1] | !bad_type",
                "'1.5 EUR' | !bad_type",
                "'\\ud800' | !bad_type"
            })
    void decimals(String json, String expected) {
        check(FieldType.DECIMAL, USUAL, json, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'1 234,5' | 1234.5",
                "'1.234' | 1234.0",
                "1.234 | 1.234",
                "'48,85' | 48.85",
                "'48.85' | !bad_type",
                "'1,2,3' | !bad_type",
                "'' | null"
            })
    void decimals_with_a_comma(String json, String expected) {
        check(FieldType.DECIMAL, new ReadAs.Decimal(','), json, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "true | true",
                "false | false",
                "'TRUE' | true",
                "' yes ' | true",
                "'No' | false",
                "1 | true",
                "0 | false",
                "'1' | true",
                "2 | !bad_type",
                "1.0 | !bad_type",
                "'oui' | !bad_type",
                "[true] | !bad_type",
                "'' | null"
            })
    void booleans(String json, String expected) {
        check(FieldType.BOOLEAN, USUAL, json, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a b' | a b",
                "' a' | ` a`",
                "1.50 | 1.50",
                "true | true",
                "['a'] | !bad_type",
                "{'a':'b'} | !bad_type",
                "'a\\u0007' | !bad_text",
                "'\\ud83d' | !bad_text",
                "'\\ud83d\\ude00' | 😀",
                "'\\udc00x' | !bad_text",
                "'\\u0085' | null"
            })
    void texts(String json, String expected) {
        check(FieldType.KEYWORD, USUAL, json, expected);
    }

    @Test
    void texts_are_bounded_in_bytes() {
        String longest = "é".repeat(128);
        check(FieldType.KEYWORD, USUAL, "'" + longest + "'", longest);
        check(FieldType.KEYWORD, USUAL, "'" + longest + "x'", "!text_too_long");
        check(FieldType.TEXT, USUAL, "'" + "x".repeat(65_536) + "'", "x".repeat(65_536));
        check(FieldType.TEXT, USUAL, "'" + "x".repeat(65_537) + "'", "!text_too_long");
        check(FieldType.INTEGER, USUAL, "'" + "1".repeat(65) + "'", "!number_too_long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "['a','b','a'] | [a, b, a]", "'a' | [a]", "['a',null,' ',1,true] | [a, 1, true]", "[] | null",
                        "[null,''] | null",
                "[['a']] | !bad_type", "[{'x':1}] | !bad_type", "{'x':1} | !bad_type", "7 | [7]",
                        "['a\\u0000'] | !bad_text"
            })
    void keywords(String json, String expected) {
        check(FieldType.KEYWORDS, USUAL, json, expected);
    }

    @Test
    void keywords_are_bounded() {
        String hundred = "'x',".repeat(99) + "'x'";
        check(FieldType.KEYWORDS, USUAL, "[" + hundred + ",null]", "[" + "x, ".repeat(99) + "x]");
        check(FieldType.KEYWORDS, USUAL, "[" + hundred + ",'x']", "!out_of_range");
        check(FieldType.KEYWORDS, USUAL, "['" + "x".repeat(257) + "']", "!text_too_long");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'2026-07-01T09:30:00Z' | 2026-07-01T09:30:00Z",
                "'2026-07-01T09:30+02:00' | 2026-07-01T07:30:00Z",
                "'2026-07-01T09:30:00.123' | 2026-07-01T07:30:00.123Z",
                "'2026-07-01 09:30' | 2026-07-01T07:30:00Z",
                "'2026-01-01' | 2025-12-31T23:00:00Z",
                "' 2026-01-01 ' | 2025-12-31T23:00:00Z",
                "'2026-03-29T02:30' | 2026-03-29T01:30:00Z",
                "'2026-10-25T02:30' | 2026-10-25T00:30:00Z",
                "'0001-06-01' | 0001-05-31T23:50:39Z",
                "'9998-06-01' | 9998-05-31T22:00:00Z",
                "'0000-01-01' | !date_out_of_range",
                "'+10000-01-01' | !date_out_of_range",
                "'2026-02-30' | !bad_date",
                "'2026-07-01T' | !bad_date",
                "'yesterday' | !bad_date",
                "20260701 | !bad_type",
                "'2026-07-01T09:30:00 Europe' | !bad_date",
                "['2026-07-01'] | !bad_type",
                "'' | null"
            })
    void dates(String json, String expected) {
        check(FieldType.DATE, USUAL, json, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dd/MM/yyyy | '01/07/2026' | 2026-06-30T22:00:00Z",
                "dd/MM/yyyy | '31/02/2026' | !bad_date",
                "dd/MM/yyyy | '1/7/2026' | !bad_date",
                "d/M/uuuu H:mm | '1/7/2026 9:05' | 2026-07-01T07:05:00Z",
                "d MMM yyyy | '1 Jul 2026' | 2026-06-30T22:00:00Z",
                "d MMMM yyyy | '1 JULY 2026' | 2026-06-30T22:00:00Z",
                "yyyyMMdd | 20260701 | 2026-06-30T22:00:00Z",
                "dd/MM/yy | '01/07/26' | 2026-06-30T22:00:00Z",
                "yyyy-MM-dd'T'HH:mm:ssX | '2026-07-01T09:30:00Z' | 2026-07-01T09:30:00Z",
                "dd/MM/yyyy hh:mm a | '01/07/2026 09:30 PM' | 2026-07-01T19:30:00Z",
                "dd/MM/yyyy HH:mm | '01/07/2026 24:00' | !bad_date",
                "dd/MM/yyyy | [] | null",
                "dd/MM/yyyy | ['01/07/2026'] | !bad_type",
                "dd/MM/yyyy | '01/07/0000' | !bad_date",
                "EEE, d MMM yyyy | 'Wed, 1 Jul 2026' | 2026-06-30T22:00:00Z",
                "EEE, d MMM yyyy | 'Thu, 1 Jul 2026' | !bad_date"
            })
    void dates_by_pattern(String pattern, String json, String expected) {
        check(FieldType.DATE, new ReadAs.Date(pattern, null), json, expected);
    }

    @Test
    void a_pattern_may_have_its_own_zone() {
        ReadAs tokyo = new ReadAs.Date("dd/MM/yyyy", ZoneId.of("Asia/Tokyo"));
        check(FieldType.DATE, tokyo, "'01/07/2026'", "2026-06-30T15:00:00Z");
    }

    /** Month names are English, wherever the machine is. */
    @Test
    void the_machine_s_language_changes_nothing() {
        Locale before = Locale.getDefault();
        try {
            for (String language : List.of("tr-TR", "fr-FR", "ar-EG", "th-TH-u-ca-buddhist")) {
                Locale.setDefault(Locale.forLanguageTag(language));
                check(FieldType.DATE, new ReadAs.Date("d MMM yyyy", null), "'1 Jul 2026'", "2026-06-30T22:00:00Z");
                assertThat(offer(
                                        Mappings.named()
                                                .with(StandardField.SALARY_PERIOD, "p")
                                                .with(StandardField.SALARY_CURRENCY, "c")
                                                .parser(),
                                        "{'p':'HOUR','c':'inr'}")
                                .details()
                                .salary()
                                .toString())
                        .as(language)
                        .contains("INR", "hour");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1700000000 | 2023-11-14T22:13:20Z",
                "'1700000000' | 2023-11-14T22:13:20Z",
                "1700000000.123 | 2023-11-14T22:13:20.123Z",
                "0 | 1970-01-01T00:00:00Z",
                "1e400 | !out_of_range",
                "1e300 | !date_out_of_range",
                "-1e300 | !date_out_of_range",
                "'now' | !bad_type",
                "1e-999999999 | 1970-01-01T00:00:00Z"
            })
    void dates_in_seconds(String json, String expected) {
        check(FieldType.DATE, new ReadAs.EpochSeconds(), json, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"1700000000123 | 2023-11-14T22:13:20.123Z", "'1.7e12' | 2023-11-14T22:13:20Z", "true | !bad_type"})
    void dates_in_milliseconds(String json, String expected) {
        check(FieldType.DATE, new ReadAs.EpochMillis(), json, expected);
    }

    @Test
    void the_dates_of_the_offer_have_their_ranges() {
        MappedParser parser = Mappings.named()
                .with(StandardField.PUBLISHED_AT, "p")
                .with(StandardField.VALID_THROUGH, "v")
                .parser();
        assertThat(refusal(parser, "{'p':'1999-12-31'}"))
                .isEqualTo(
                        "date_out_of_range: published_at is \"1999-12-31\": the date is outside 2000-01-01 to 2100-01-01"
                                + " UTC (from p)");
        assertThat(refusal(parser, "{'p':'2100-01-02'}")).startsWith("date_out_of_range");
        assertThat(refusal(parser, "{'v':'2100-01-02'}")).isEqualTo("accepted");
        assertThat(refusal(parser, "{'v':'2200-01-02'}")).startsWith("date_out_of_range");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'48.85,2.35' | 48.85 2.35",
                "'48.85, 2.35' | 48.85 2.35",
                "' (48.85 ; 2.35) ' | 48.85 2.35",
                "'[48.85 2.35]' | 48.85 2.35",
                "[48.85,2.35] | 48.85 2.35",
                "['48.85','2.35'] | 48.85 2.35",
                "'-0.0,-180' | 0.0 180.0",
                "'' | null",
                "[] | null",
                "'48.85' | !bad_type",
                "'48,85,2,35' | !bad_type",
                "'48.85,,2.35' | !bad_type",
                "[48.85] | !bad_type",
                "[1,2,3] | !bad_type",
                "[null,1] | !bad_type",
                "[[1,2],[3,4]] | !bad_type",
                "{'lat':1,'lon':2} | !bad_type",
                "'91,0' | !out_of_range",
                "'0,181' | !out_of_range",
                "'a,b' | !bad_type",
                "',' | !bad_type",
                "7 | !bad_type",
                "'1e999,0' | !out_of_range"
            })
    void locations_latitude_first(String json, String expected) {
        checkLocation(new ReadAs.LatLon(), json, expected);
    }

    @Test
    void locations_longitude_first() {
        checkLocation(new ReadAs.LonLat(), "'2.35,48.85'", "48.85 2.35");
        checkLocation(new ReadAs.LonLat(), "[100, 48.85]", "48.85 100.0");
        checkLocation(new ReadAs.LonLat(), "[48.85, 100]", "!out_of_range");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'Point','coordinates':[2.35,48.85]} | 48.85 2.35",
                "{'coordinates':[2.35,48.85,35.0]} | 48.85 2.35",
                "{'type':'Polygon','coordinates':[[2,48]]} | !bad_type",
                "{'type':'Point'} | !bad_type",
                "{'type':'Point','coordinates':[]} | !bad_type",
                "{'coordinates':'2,48'} | !bad_type",
                "[2.35,48.85] | !bad_type",
                "'2,48' | !bad_type",
                "null | null",
                "{'type':7,'coordinates':[2,48]} | !bad_type",
                "{'coordinates':[2,{}]} | !bad_type"
            })
    void geojson_points(String json, String expected) {
        checkLocation(new ReadAs.GeoJson(), json, expected);
    }

    @Test
    void half_a_pair_of_coordinates_is_refused_unless_the_location_says_both() {
        MappedParser parser = Mappings.named()
                .with(StandardField.OFFICE_LATITUDE, "lat")
                .with(StandardField.OFFICE_LONGITUDE, "lon")
                .with(StandardField.LOCATION, as("geo", new ReadAs.LatLon()))
                .parser();
        assertThat(refusal(parser, "{'lat':1}"))
                .isEqualTo("coordinates_incomplete: office_longitude is missing; both coordinates or none");
        assertThat(offer(parser, "{'lat':1,'geo':'2,3'}").latitude()).isEqualTo(2);
        assertThat(offer(parser, "{'lat':'1','lon':-180}").longitude()).isEqualTo(180);
        assertThat(refusal(parser, "{'lat':'48,85','lon':1}"))
                .isEqualTo(
                        "bad_type: office_latitude is \"48,85\"; it must be a number with a decimal point, or be read as"
                                + " \"decimal ,\" (from lat)");
        assertThat(refusal(parser, "{'lat':1e999,'lon':1}"))
                .isEqualTo("out_of_range: office_latitude is 1e999; it must be -90 to 90 (from lat)");
    }

    @Test
    void salaries_addresses_and_the_like_are_checked() {
        MappedParser parser = Mappings.named()
                .with(StandardField.SALARY_MIN, "min")
                .with(StandardField.SALARY_MAX, "max")
                .with(StandardField.SALARY_CURRENCY, "cur")
                .with(StandardField.SALARY_PERIOD, "per")
                .with(StandardField.URL, "url")
                .with(StandardField.CATEGORY, "cat")
                .parser();
        assertThat(refusal(parser, "{'min':2,'max':1}")).isEqualTo("out_of_range: salary_min is above salary_max");
        assertThat(refusal(parser, "{'min':-1}"))
                .isEqualTo("out_of_range: salary_min is -1; it must be 0 to 10^15 (from min)");
        assertThat(refusal(parser, "{'max':1e16}")).startsWith("out_of_range: salary_max is 1e16");
        assertThat(refusal(parser, "{'cur':'euro'}"))
                .isEqualTo(
                        "bad_value: salary_currency is \"euro\"; it must be three letters of ISO 4217, such as EUR (from cur)");
        assertThat(refusal(parser, "{'per':'fortnight'}")).startsWith("bad_value: salary_period is \"fortnight\"");
        assertThat(refusal(parser, "{'url':'javascript:alert(1)'}")).startsWith("bad_value: url is \"javascript");
        assertThat(offer(parser, "{'url':' https://a.example/ '}").details().url())
                .isEqualTo("https://a.example/");
        assertThat(offer(parser, "{'cur':' eur ','per':'Month'}")
                        .details()
                        .salary()
                        .currency())
                .isEqualTo("EUR");
        assertThat(refusal(parser, "{'cat':'" + "x".repeat(257) + "'}"))
                .isEqualTo("text_too_long: category has 257 bytes; at most 256 (from cat)");
    }

    @Test
    void a_value_in_a_refusal_is_quoted_and_cut() {
        MappedParser parser =
                Mappings.named().with(StandardField.SALARY_MIN, "/pay/*/min").parser();
        assertThat(refusal(parser, "{'pay':[{'min':null},{'min':'\\u001b[2J\\u202e" + "9".repeat(90) + "'}]}"))
                .isEqualTo("number_too_long: salary_min is \"\\u001b[2J\\u202e" + "9".repeat(55)
                        + "\"…; a number has at most 64 characters (from /pay/*/min)");
    }

    @Test
    void the_first_candidate_that_is_there_counts() {
        MappedParser parser = Mappings.named()
                .with(StandardField.CITY, at("/a/b", "/c/*/d", "e"))
                .parser();
        assertThat(offer(parser, "{'a':{'b':'1'},'e':'3'}").details().city()).isEqualTo("1");
        assertThat(offer(parser, "{'a':'x','c':[{'d':' '},7,null,{'d':'2'}],'e':'3'}")
                        .details()
                        .city())
                .isEqualTo("2");
        assertThat(offer(parser, "{'a':{'b':null},'c':{'d':'2'},'e':'3'}")
                        .details()
                        .city())
                .isEqualTo("3");
        assertThat(offer(parser, "{'a':[{'b':'1'}],'c':'x','e':[]}").details().city())
                .isNull();
        assertThat(refusal(parser, "{'a':{'b':{}},'e':'3'}"))
                .isEqualTo("bad_type: city is an object; it must be a text (from /a/b)");
    }

    @Test
    void pointers_reach_elements_and_odd_names() {
        MappedParser parser = Mappings.named()
                .with(StandardField.CITY, "/list/1/x")
                .with(StandardField.COUNTRY, "/a~1b/~0/")
                .with("each", FieldType.KEYWORDS, at("/list/*/x"))
                .with("zero", FieldType.KEYWORD, at("/o/0"))
                .with("star", FieldType.KEYWORD, at("/o/*"))
                .with("dotted", FieldType.KEYWORD, at("a.b"))
                .parser();
        Offer offer = offer(
                parser,
                "{'list':[{'x':'p'},{'x':'q'},{'x':'r'}],'a/b':{'~':{'':'c'}},'o':{'0':'z','*':'s'},'a.b':'d'}");
        assertThat(offer.details().city()).isEqualTo("q");
        assertThat(offer.details().country()).isEqualTo("c");
        assertThat(fields(offer)).containsExactly("each=[p, q, r]", "zero=z", "star=s", "dotted=d");
        assertThat(fields(offer(parser, "{'o':['i','j'],'list':{'x':'q'}}"))).containsExactly("zero=i", "star=i");
    }

    @Test
    void candidates_can_be_joined() {
        MappedParser parser = Mappings.named()
                .with(StandardField.DESCRIPTION, join(" / ", false, "a", "/b/*", "c"))
                .with("k", FieldType.KEYWORDS, join(",", false, "a", "/b/*", "c"))
                .parser();
        Offer offer = offer(parser, "{'a':'x','b':[1,null,' ','y'],'c':['z',true]}");
        assertThat(offer.description()).isEqualTo("x / 1 / y / z / true");
        assertThat(fields(offer)).containsExactly("k=[x, 1, y, z, true]");
        assertThat(offer(parser, "{'b':[]}").description()).isNull();
        assertThat(refusal(parser, "{'a':'x','c':{'d':1}}"))
                .isEqualTo("bad_type: description is an object; only texts can be joined (from c)");
        MappedParser html = Mappings.named()
                .with(StandardField.DESCRIPTION, join("\n\n", true, "a", "b"))
                .parser();
        assertThat(offer(html, "{'a':'<p>x</p>','b':'<br>'}").description()).isEqualTo("x");
    }

    @Test
    void a_table_says_what_values_mean() {
        MappedParser parser = Mappings.named()
                .with(
                        StandardField.CONTRACT_TYPE,
                        table("t", Map.of("FT", "full_time", "1", "one", "true", "yes", "n/a", "")))
                .with(StandardField.SALARY_PERIOD, table("p", Map.of("mois", "month", "*", "year")))
                .with("k", FieldType.KEYWORDS, table("k", Map.of("a", "A", "x", "")))
                .parser();
        for (String[] one : new String[][] {
            {"'FT'", "full_time"},
            {"' FT '", "full_time"},
            {"1", "one"},
            {"true", "yes"},
            {"'n/a'", null},
            {"'PT'", "PT"},
            {"null", null}
        }) {
            assertThat(offer(parser, "{'t':" + one[0] + "}").contractType())
                    .as(one[0])
                    .isEqualTo(one[1]);
        }
        assertThat(offer(parser, "{'p':'anything'}").details().salary().period())
                .isEqualTo("year");
        assertThat(offer(parser, "{'p':' '}").details().salary()).isNull();
        assertThat(fields(offer(parser, "{'k':['a','b','x']}"))).containsExactly("k=[A, b]");
        assertThat(refusal(parser, "{'t':{}}")).startsWith("bad_type: contract_type is an object");
    }

    @Test
    void constants_and_defaults_are_written_in_the_usual_way() {
        MappedParser parser = Mappings.named()
                .with(StandardField.COMPANY, constant("ACME"))
                .with(StandardField.CITY, otherwise("city", "Paris"))
                .with(
                        "day",
                        FieldType.DATE,
                        new Rule(
                                List.of(Pointer.of("d")),
                                null,
                                false,
                                Map.of(),
                                new ReadAs.Date("dd/MM/yyyy", null),
                                null,
                                "2026-01-01"))
                .parser();
        Offer offer = offer(parser, "{'company':'x','city':' '}");
        assertThat(offer.company()).isEqualTo("ACME");
        assertThat(offer.details().city()).isEqualTo("Paris");
        assertThat(fields(offer)).isEqualTo(fields(offer(parser, "{'d':'01/01/2026'}")));
        assertThat(refusal(parser, "{'d':'2026-01-01'}"))
                .isEqualTo("bad_date: day is \"2026-01-01\"; it must be a date like dd/MM/yyyy (from d)");
        assertThat(refusal(parser, "{'city':[1]}"))
                .as("a default never hides a mistake")
                .startsWith("bad_type");
    }

    @Test
    void a_name_of_which_nothing_can_be_seen_is_missing() {
        MappedParser parser = Mappings.empty().with(StandardField.NAME, "name").parser();
        for (String blank : List.of("''", "'\\u200b\\ufeff'", "'\\u00a0'", "null", "[]", "[' ']")) {
            assertThat(refusal(parser, "{'name':" + blank + "}"))
                    .as(blank)
                    .isEqualTo("missing_field: name is missing, null or blank");
        }
    }

    /** One record leaves nothing behind for the next. */
    @Test
    void every_record_stands_alone() {
        MappedParser parser = Mappings.named()
                .with(StandardField.CITY, "/a/b")
                .with(StandardField.LOCATION, as("geo", new ReadAs.LatLon()))
                .with("k", FieldType.KEYWORDS, at("/k/*"))
                .with("o", FieldType.KEYWORD, at("/o"))
                .parser();
        String full = "{'a':{'b':'c'},'geo':[1,2],'k':['x'],'o':'y'}";
        Offer first = offer(parser, full);
        assertThat(refusal(parser, "{'a':{'b':'c'},'k':['z'],'o':{'p':[{'q':")).startsWith("bad_json");
        assertThat(offer(parser, "{}").details()).isSameAs(Details.NONE);
        assertThat(refusal(parser, "{'geo':'?'}")).startsWith("bad_type");
        assertThat(offer(parser, "{}").hasLocation()).isFalse();
        assertThat(offer(parser, full)).isEqualTo(first);
    }

    private static void checkLocation(ReadAs as, String json, String expected) {
        MappedParser parser =
                Mappings.named().with(StandardField.LOCATION, as("v", as)).parser();
        String document = "{'v':" + json + "}";
        if (expected.startsWith("!")) {
            assertThat(refusal(parser, document)).startsWith(expected.substring(1) + ": location");
            return;
        }
        Offer offer = offer(parser, document);
        assertThat(offer.hasLocation() ? offer.latitude() + " " + offer.longitude() : "null")
                .isEqualTo(expected);
    }

    private static void check(FieldType type, ReadAs as, String json, String expected) {
        MappedParser parser = Mappings.named()
                .with("v", type, as("v", as))
                .zone("Europe/Paris")
                .parser();
        String document = "{'v':" + json + "}";
        if (expected.startsWith("!")) {
            assertThat(refusal(parser, document)).startsWith(expected.substring(1) + ": ");
            return;
        }
        List<FieldValue> values = offer(parser, document).details().fields();
        String value = values.isEmpty() ? "null" : values.get(0).value().toString();
        boolean date = type == FieldType.DATE && !values.isEmpty();
        assertThat(date ? Instant.ofEpochMilli((Long) values.get(0).value()).toString() : value)
                .as(json)
                .isEqualTo(expected);
    }

    private static List<String> fields(Offer offer) {
        return offer.details().fields().stream()
                .map(field -> field.field().name() + "=" + field.value())
                .toList();
    }
}
