package org.offerstorm.tools.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong mappings and every word of what is said about them. */
@SuppressWarnings("StringConcatToTextBlock") // a case on few lines shows its columns better
class MappingProblemsTest {
    private static final String OFFER = "offer: {name: title, category: c}\n";

    static Stream<Arguments> mappings() {
        return Stream.concat(Stream.concat(tops(), rules()), further());
    }

    private static Stream<Arguments> tops() {
        return Stream.of(
                wrong(
                        "nothing",
                        "# later\n",
                        "m: is empty; a mapping needs at least offer: with the rules of id and name"),
                wrong("a list", "[a]\n", "m:1:1: is a list; a mapping is keys and values, see docs/mapping.md"),
                wrong(
                        "a key with a typing error",
                        OFFER + "zoen: UTC\nfile: {delimeter: ;, encodings: UTF-8, x: 1}\n",
                        "m:2:1: zoen: unknown key; did you mean 'zone'?",
                        "m:3:8: file.delimeter: unknown key; did you mean 'delimiter'?",
                        "m:3:22: file.encodings: unknown key; did you mean 'encoding'?",
                        "m:3:40: file.x: unknown key; known here: records, encoding, delimiter"),
                wrong(
                        "the same key twice",
                        OFFER + "zone: UTC\nzone: UTC\n",
                        "m:3:1: zone: appears a second time, first in line 2; remove one"),
                wrong(
                        "a key of no known kind",
                        OFFER + "key: optional\n",
                        "m:2:6: key: is \"optional\"; write required" + " or from-field"),
                wrong(
                        "zones",
                        "zone: Europe/Pariss\noffer: {name: t, published_at: {from: d, as: dd/MM/yyyy, zone: Mars}}\n",
                        "m:1:7: zone: unknown zone \"Europe/Pariss\"; did you mean 'Europe/Paris'?",
                        "m:2:64: offer.published_at.zone: unknown zone \"Mars\"; write one such as Europe/Paris, UTC or"
                                + " +02:00"),
                wrong(
                        "a layout",
                        OFFER + "file: {records: '/a~', encoding: windows-1251x, delimiter: ;;}\n",
                        "m:2:17: file.records: has a ~ that is neither ~0 (for ~) nor ~1 (for /)",
                        "m:2:34: file.encoding: unknown encoding \"windows-1251x\"; did you mean 'windows-1252'?",
                        "m:2:60: file.delimiter: is \";;\"; write one sign, such as \";\", \"|\" or \"\\t\" for a tab"),
                wrong(
                        "an encoding that nobody knows, and a quote as delimiter",
                        OFFER + "file: {encoding: klingon, delimiter: '\"'}\n",
                        "m:2:18: file.encoding: unknown encoding \"klingon\"; write UTF-8, UTF-16, UTF-16LE, UTF-16BE,"
                                + " windows-1252, ISO-8859-1 or ISO-8859-15",
                        "m:2:38: file.delimiter: is \"\\\"\"; write one sign, such as \";\", \"|\" or \"\\t\" for a tab"),
                wrong(
                        "a format that nobody knows",
                        OFFER + "value: {format: avr}\n",
                        "m:2:17: value.format: is \"avr\"; did you mean 'avro'?"),
                wrong(
                        "a format without its section",
                        OFFER + "value: avro\n",
                        "m:2:1: value: has no format; write {format: avro, registry: \"http://host:8081\"}",
                        "m:2:8: value: is a text; write {format: avro, registry: \"http://host:8081\"}"),
                wrong(
                        "Avro without a registry",
                        OFFER + "value: {format: avro, user: ann}\n",
                        "m:2:1: value: has no registry; write {format: avro, registry: \"http://host:8081\"}",
                        "m:2:23: value.user: is there without password; write both or none"),
                wrong(
                        "a registry that is none, and a password in the file",
                        OFFER + "value: {format: avro, registry: 'host:8081', user: a, password: s3cret}\n",
                        "m:2:33: value.registry: has another scheme; write http://host:8081, user and password apart",
                        "m:2:65: value.password: is the password itself, which everybody could read; write a"
                                + " reference, \"${env:NAME}\" or \"${file:/path}\""),
                wrong(
                        "a registry with a password in its address, and a password without user",
                        OFFER + "value: {format: avro, registry: 'http://a:s3cret@h', password: '${env:P}'}\n",
                        "m:2:33: value.registry: has a user in it; write http://host:8081, user and password apart",
                        "m:2:54: value.password: is there without user; write both or none"),
                wrong(
                        "a registry of JSON",
                        OFFER + "value: {format: json, registry: 'http://h', passwort: x}\n",
                        "m:2:23: value.registry: is there with format: json; remove it",
                        "m:2:45: value.passwort: unknown key; did you mean 'password'?"),
                wrong(
                        "no offer",
                        "key: required\n",
                        "m:1:1: offer: is missing; write offer: and below it the rules of id, name and others"),
                wrong(
                        "an offer without id and name",
                        "key: from-field\noffer: {company: c}\n",
                        "m:2:1: offer: has no id, which key: from-field needs; write which field is different in each",
                        "m:2:1: offer: has no name; every offer needs one, so write where it is"),
                wrong(
                        "an offer that is a text",
                        "offer: title\n",
                        "m:1:1: offer: has no name; every offer needs one, so write where it is",
                        "m:1:8: offer: is a text; write the fields of an offer below it, as name: rule"),
                wrong(
                        "a field of no offer",
                        "offer: {name: t, compnay: c, skills: s, deleted: d}\n",
                        "m:1:18: offer.compnay: unknown field of an offer; did you mean 'company'?",
                        "m:1:30: offer.skills: unknown field of an offer; a further field belongs below fields, with its"
                                + " type",
                        "m:1:41: offer.deleted: unknown field; deletion: at the top says what a deletion is"),
                wrong(
                        "half a position",
                        "offer: {name: t, office_longitude: x}\n",
                        "m:1:18: offer.office_longitude: is there without office_latitude; write both or none"),
                wrong(
                        "two positions",
                        "offer: {name: t, office_latitude: x, office_longitude: y, location: {from: z, as: geojson}}\n",
                        "m:1:59: offer.location: is there next to office_latitude and office_longitude; keep one or the"
                                + " other"),
                wrong(
                        "deletions",
                        OFFER + "deletion: {at: '/s/*', equals: [closed, '', closed]}\n",
                        "m:2:16: deletion.at: has a *, which means several values; name one",
                        "m:2:41: deletion.equals: is blank, and an absent value deletes nothing; write a value",
                        "m:2:45: deletion.equals: \"closed\" is listed twice; remove one"),
                wrong(
                        "a deletion of nothing",
                        OFFER + "deletion: {at: /s, equals: []}\n",
                        "m:2:28: deletion.equals: the list is empty; name at least one value"),
                wrong(
                        "half a deletion",
                        OFFER + "deletion: {at: /s}\n",
                        "m:2:1: deletion: has no equals; write {at: /status, equals: [closed]}"));
    }

    private static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "a key with a typing error",
                        "city: {form: c}",
                        "m:3:9: offer.city: has no from; write where the value is, or constant: and the value of every"
                                + " offer",
                        "m:3:10: offer.city.form: unknown key; did you mean 'from'?"),
                rule(
                        "pointers",
                        "city: ['', /a~2, a, a, [b], ~]",
                        "m:3:10: offer.city: is empty; name a field, or write a pointer such as /address/city",
                        "m:3:14: offer.city: has a ~ that is neither ~0 (for ~) nor ~1 (for /)",
                        "m:3:23: offer.city: names a a second time; remove one",
                        "m:3:26: offer.city: is a list; write a name, a pointer such as /address/city, a list of them,"
                                + " or keys such as from",
                        "m:3:31: offer.city: is empty; write a name, a pointer such as /address/city, a list of them, or"
                                + " keys such as from"),
                rule("an empty list", "city: []", "m:3:9: offer.city: the list is empty; name at least one field"),
                rule(
                        "no value",
                        "city:",
                        "m:3:8: offer.city: is empty; write a name, a pointer such as /address/city, a list of them, or"
                                + " keys such as from"),
                rule(
                        "no place",
                        "city: {default: Rome}",
                        "m:3:9: offer.city: has no from; write where the value is, or constant: and the value of every"
                                + " offer"),
                rule(
                        "a constant next to a place",
                        "city: {constant: Rome, from: c, as: x}",
                        "m:3:26: offer.city.from: is next to constant, which is the value of every offer; remove one",
                        "m:3:35: offer.city.as: is next to constant, which is the value of every offer; remove one"),
                rule(
                        "one id for all",
                        "id: {constant: x}",
                        "m:3:8: offer.id.constant: all records would be one offer; name the field that is different in"
                                + " each"),
                rule(
                        "one id for several",
                        "id: {from: a, values: {x: y}, default: z}",
                        "m:3:17: offer.id.values: could give several records one id, and one offer would replace the"
                                + " other; remove it",
                        "m:3:33: offer.id.default: could give several records one id, and one offer would replace the"
                                + " other; remove it"),
                rule(
                        "join",
                        "city: {from: c, join: x}\n  remote: {from: [a, b], join: x}",
                        "m:3:19: offer.city.join: has nothing to join; list several fields in from, or remove it",
                        "m:4:26: offer.remote.join: is for texts; remove it"),
                rule(
                        "html",
                        "city: {from: c, html: yes}\n  remote: {from: r, html: true}",
                        "m:3:25: offer.city.html: is \"yes\"; write true or false",
                        "m:4:21: offer.remote.html: is for texts; remove it"),
                rule(
                        "values",
                        "city: {from: c, values: {}}\n  remote: {from: r, values: {a: perhaps, b: , c: [d]}}",
                        "m:3:27: offer.city.values: is empty; write {old: new}, or remove the key",
                        "m:4:33: offer.remote.values.a: \"perhaps\" is not true or false",
                        "m:4:44: offer.remote.values.b: has no value; write what it means, or remove the key",
                        "m:4:50: offer.remote.values.c: is a list; write what it means"),
                rule(
                        "values that no field has",
                        "url: {constant: ftp://x}\n  salary_currency: {constant: euro}\n"
                                + "  salary_period: {from: p, default: decade}\n  profession_id: {constant: 1.5}\n"
                                + "  salary_min: {constant: much}\n  office_latitude: {constant: 91}\n"
                                + "  office_longitude: {constant: -181}\n  city: {constant: ' '}",
                        "m:3:19: offer.url.constant: \"ftp://x\" is not an absolute http or https URL",
                        "m:4:31: offer.salary_currency.constant: \"euro\" is not a currency of three letters, such as EUR",
                        "m:5:37: offer.salary_period.default: \"decade\" is not hour, day, week, month or year",
                        "m:6:29: offer.profession_id.constant: \"1.5\" is not a whole number",
                        "m:7:26: offer.salary_min.constant: \"much\" is not a number",
                        "m:8:31: offer.office_latitude.constant: \"91\" is not a number of degrees, -90 to 90",
                        "m:9:32: offer.office_longitude.constant: \"-181\" is not a number of degrees, -180 to 180",
                        "m:10:20: offer.city.constant: is blank, which is no value; write one, or remove the key"),
                rule(
                        "readings of other fields",
                        "city: {from: c, as: geojson}\n  salary_min: {from: s, as: decimal}\n"
                                + "  salary_max: {from: s, as: dd}\n  location: {from: l, as: lat}",
                        "m:3:19: offer.city.as: is for numbers, dates and the location; remove it",
                        "m:4:29: offer.salary_min.as: is \"decimal\"; did you mean 'decimal ,'?",
                        "m:5:29: offer.salary_max.as: is \"dd\"; write decimal , or decimal .",
                        "m:6:27: offer.location.as: is \"lat\"; write lat,lon, lon,lat or geojson"),
                rule(
                        "a location without form",
                        "location: geo",
                        "m:3:13: offer.location: does not say how it is read; write {from: …, as: \"lat,lon\"}, or lon,lat"
                                + " or geojson"),
                rule(
                        "a location without form, written out",
                        "location: {from: geo}",
                        "m:3:13: offer.location: does not say how it is read; add as: with lat,lon or lon,lat or geojson"),
                date("dd/mm/yyyy", "it does not give year, month and day; the month is MM, mm is the minute"),
                date("dd/MM/YYYY", "it does not give year, month and day; the year is yyyy, YYYY counts weeks"),
                date("HH:mm", "it does not give year, month and day; the month is MM, mm is the minute"),
                date("dd/MM/yyyy hh:mm", "it does not give the hour of the day; write HH, or hh with a (AM or PM)"),
                date(
                        "DD MMM yyyy bb",
                        "not a pattern of a date: Unknown pattern letter: b; write epoch-seconds, epoch-millis, or a"
                                + " pattern such as dd/MM/yyyy HH:mm"),
                date("epoch-second", "did you mean 'epoch-seconds'?"),
                date("ISO 8601", "dates by ISO 8601 need no as; remove it"),
                rule(
                        "a zone that means nothing",
                        "published_at: {from: d, zone: UTC}\n  valid_through: {from: d, as: epoch-millis, zone: UTC}\n"
                                + "  salary_min: {from: s, as: 'decimal ,', zone: UTC}\n  salary_max: {from: s, zone: UTC}",
                        "m:3:27: offer.published_at.zone: goes with a pattern in as; for dates by ISO 8601, write zone at"
                                + " the top of the file",
                        "m:4:46: offer.valid_through.zone: an epoch counts from 1970 UTC; remove it",
                        "m:5:42: offer.salary_min.zone: is for dates; remove it",
                        "m:6:25: offer.salary_max.zone: is for dates; remove it"));
    }

    private static Stream<Arguments> further() {
        String many = IntStream.rangeClosed(0, 200)
                .mapToObj(i -> "  f" + i + ": {from: f, type: text}\n")
                .collect(Collectors.joining());
        String categories =
                IntStream.rangeClosed(0, 5_000).mapToObj(i -> "- c" + i + "\n").collect(Collectors.joining());
        return Stream.of(
                wrong(
                        "names of fields",
                        OFFER + "fields:\n  Été 2: {from: a, type: text}\n  city: {from: a, type: text}\n"
                                + "  2nd: {from: a, type: text}\n",
                        "m:3:3: fields.Été 2: names of fields have lower-case letters, digits and _, begin with a letter,"
                                + " and have at most 40 characters; write ete_2",
                        "m:4:3: fields.city: is a field of every offer; write it below offer, or give this one another"
                                + " name",
                        "m:5:3: fields.2nd: names of fields have lower-case letters, digits and _, begin with a letter,"
                                + " and have at most 40 characters; write field_2nd"),
                wrong(
                        "a name that is too long",
                        OFFER + "fields:\n  " + "a".repeat(41) + ": {from: a, type: text}\n",
                        "m:3:3: fields." + "a".repeat(41) + ": names of fields have lower-case letters, digits and _,"
                                + " begin with a letter, and have at most 40 characters; write " + "a".repeat(40)),
                wrong(
                        "two fields of one name",
                        OFFER + "fields:\n  a: {from: a, type: text}\n  a: {from: b, type: text}\n",
                        "m:4:3: fields.a: appears a second time, first in line 3; remove one"),
                wrong(
                        "too many fields",
                        OFFER + "fields:\n" + many,
                        "m:203:3: fields: has 201 fields; at most 200 are" + " kept, so remove the others"),
                wrong(
                        "types",
                        OFFER + "fields:\n  a: {from: a, type: string}\n  b: {from: b, type: keywrd}\n  c: {from: c}\n"
                                + "  d: /d\n",
                        "m:3:22: fields.a.type: unknown type \"string\"; write text, keyword, keywords, integer, decimal,"
                                + " boolean or date",
                        "m:4:22: fields.b.type: unknown type \"keywrd\"; did you mean 'keyword'?",
                        "m:5:3: fields.c: has no type; add type: with text, keyword, keywords, integer, decimal, boolean,"
                                + " date",
                        "m:6:6: fields.d: is a text; write {from: …, type: …}"),
                wrong(
                        "facets",
                        OFFER
                                + "fields:\n  a: {from: a, type: text, facet: true}\n  b: {from: a, type: date, facet: 1}\n"
                                + "  c: {from: '/c/*', type: keyword, facet: true}\n"
                                + "  d: {from: [d, e], type: integer, join: x}\n",
                        "m:3:28: fields.a.facet: only keyword, keywords and boolean can be facets; this is text",
                        "m:4:35: fields.b.facet: is \"1\"; write true or false",
                        "m:6:36: fields.d.join: is for texts; remove it"),
                wrong(
                        "categories",
                        OFFER + "categories: [a|b, Tech, 'Tech ', (other), ' ', \"a\\u0001\", [x], ~, "
                                + "x".repeat(101) + "]\n",
                        "m:2:14: categories: \"a|b\" holds a '|', which separates category and continent; rename it, and"
                                + " let offer.category say so with values",
                        "m:2:25: categories: \"Tech \" looks like the one in line 2; remove one",
                        "m:2:34: categories: \"(other)\" is reserved for offers without a known category; remove it",
                        "m:2:43: categories: a category is blank; remove it",
                        "m:2:48: categories: \"a\\u0001\" holds a control character; remove it",
                        "m:2:59: categories: is a list; write the name of a category",
                        "m:2:64: categories: has no value; write the name of a category, or remove the key",
                        "m:2:67: categories: \"" + "x".repeat(60) + "\"… has 101 characters; at most 100"),
                wrong(
                        "categories that look alike",
                        OFFER + "categories:\n- Sant\u00e9\n- Sante\u0301\n",
                        "m:4:3: categories: \"Sante\u0301\" looks like the one in line 3; remove one"),
                wrong(
                        "too many categories",
                        OFFER + "categories:\n" + categories,
                        "m:5003:3: categories: lists 5001 categories; at most 5000, so leave the rare ones out: they"
                                + " count as (other)"),
                wrong(
                        "categories that are no list",
                        OFFER + "categories: Tech\n",
                        "m:2:13: categories: is a text; write a list, such as [Health, Tech]"),
                wrong(
                        "categories that no offer has",
                        "offer: {name: t}\ncategories: [Tech]\n",
                        "m:2:1: categories: no offer would have one of them; write below offer where the category is"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void each_problem_is_named_with_its_place_and_what_to_do(String name, String text, List<String> problems) {
        BadMapping refused = catchThrowableOfType(BadMapping.class, () -> MappingFile.parse(text, "m"));

        assertThat(refused.problems()).as(name).isEqualTo(problems);
        assertThat(refused.count()).isEqualTo(problems.size());
    }

    @Test
    void of_many_problems_the_first_hundred_are_listed() {
        String text = IntStream.range(0, 150).mapToObj(i -> "a" + i + ": x\n").collect(Collectors.joining());

        BadMapping refused = catchThrowableOfType(BadMapping.class, () -> MappingFile.parse(text, "m"));

        assertThat(refused.count()).isEqualTo(151);
        assertThat(refused.problems()).hasSize(101).last().isEqualTo("… and 51 more");
    }

    private static Arguments wrong(String name, String text, String... problems) {
        return arguments(name, text, Arrays.asList(problems));
    }

    /** A rule in line 3 of a mapping that is otherwise valid. */
    private static Arguments rule(String name, String rule, String... problems) {
        return wrong(name, "offer:\n  name: title\n  " + rule + "\n", problems);
    }

    private static Arguments date(String pattern, String problem) {
        return rule(
                "the pattern " + pattern,
                "published_at: {from: d, as: '" + pattern + "'}",
                "m:3:31: offer.published_at.as: is \"" + pattern + "\"; " + problem);
    }
}
