package org.offerstorm.tools.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.mapping.FileLayout;
import org.offerstorm.core.mapping.StandardField;

/** What is proposed for data sets of different forms and languages, to the letter. */
class InspectionTest {
    @TempDir
    private Path directory;

    @Test
    void a_german_export_in_latin_1_with_decimal_commas() throws IOException {
        Inspection inspection = inspect("stellen.csv", Charset.forName("windows-1252"), """
                Kennziffer;Stellenbezeichnung;Firma;Ort;Breitengrad;Längengrad;Branche;Vertragsart;Gehalt_von;Gehalt_bis;\
                Währung;Erstellt am;Homeoffice
                A-1;Krankenschwester (m/w/d);Klinik Köln;Köln;50,9375;6,9603;Pflege;Vollzeit;3.200,50;4.100,00;EUR;\
                25.03.2026;nein
                A-2;"Bäcker; Konditor";Bäckerei Müller;München;48,1372;11,5755;Handwerk;Teilzeit;2.500,00;2.900,00;EUR;\
                01.04.2026;ja
                A-3;Pfleger;Klinik Köln;Köln;50,9375;6,9603;Pflege;Vollzeit;3.000,00;3.900,00;EUR;02.04.2026;nein
                """);

        assertThat(inspection.mappingText()).isEqualTo("""
                # How the records of stellen.csv become offers; docs/mapping.md explains it.
                # Proposed by 'offerstorm inspect' from 3 records. Look it through before you use it.

                key: required
                zone: UTC  # of dates that name none; write yours, such as Europe/Paris

                file:
                  encoding: windows-1252
                  delimiter: ";"

                offer:
                  id: Kennziffer  # different in each record
                  category: Branche  # 2 values
                  contract_type: Vertragsart  # 2 values
                  name: Stellenbezeichnung  # by its name
                  office_latitude: {from: Breitengrad, as: "decimal ,"}  # degrees, none beyond 90
                  office_longitude: {from: Längengrad, as: "decimal ,"}  # degrees, none beyond 180
                  company: Firma  # by its name
                  published_at: {from: "Erstellt am", as: dd.MM.yyyy}  # dates
                  salary_min: {from: Gehalt_von, as: "decimal ,"}  # by its name
                  salary_max: {from: Gehalt_bis, as: "decimal ,"}  # by its name
                  salary_currency: Währung  # currencies of three letters
                  city: Ort  # by its name
                  remote: {from: Homeoffice, values: {nein: "false", ja: "true"}}  # by its name; the values are words that\
                 are known

                # What is counted, the commonest first, with its records in the sample; others count as (other).
                categories:
                  - Pflege  # 2
                  - Handwerk  # 1
                """);
        assertThat(preview("stellen.csv", inspection))
                .contains("A-1  Krankenschwester (m/w/d)  Klinik Köln      Pflege    50.9375,6.9603 Köln")
                .endsWith("Offers of the sample: 3; refused: 0.\n");
    }

    @Test
    void a_french_table_in_utf_16_with_both_coordinates_in_one_cell() throws IOException {
        Inspection inspection = inspect("offres.tsv", StandardCharsets.UTF_16, """
                reference\tintitule\tentreprise\tville\tgps\tsecteur\ttype_contrat\tdate_publication\turl_offre
                R1\tInfirmier\tHôpital A\tLyon\t45.7640, 4.8357\tSanté\tCDI\t13/02/2026\thttps://e.example/1
                R2\tComptable\tCabinet B\tParis\t48.8566, 2.3522\tFinance\tCDD\t14/02/2026\thttps://e.example/2
                R3\tAide-soignant\tHôpital A\tNouméa\t-22.2758, 166.4581\tSanté\tCDI\t28/02/2026\thttps://e.example/3
                """);

        assertThat(body(inspection)).isEqualTo("""
                key: required
                zone: UTC  # of dates that name none; write yours, such as Europe/Paris

                file:
                  delimiter: "\\t"

                offer:
                  id: reference  # different in each record
                  category: secteur  # 2 values
                  contract_type: type_contrat  # 2 values
                  name: intitule  # by its name
                  location: {from: gps, as: "lat,lon"}  # the second number is beyond 90, so it is the longitude
                  company: entreprise  # by its name
                  published_at: {from: date_publication, as: dd/MM/yyyy}  # dates
                  url: url_offre  # addresses
                  city: ville  # by its name

                # What is counted, the commonest first, with its records in the sample; others count as (other).
                categories:
                  - Santé  # 2
                  - Finance  # 1
                """);
        assertThat(preview("offres.tsv", inspection)).contains("-22.2758,166.4581 Nouméa");
    }

    @Test
    void html_that_is_escaped_is_html_if_most_values_are() throws IOException {
        Inspection inspection = inspect("board.json", StandardCharsets.UTF_8, """
                [{"id": 1, "title": "Baker", "content": "&lt;p&gt;Bake &amp;amp; decorate&lt;/p&gt;",
                  "notes": "&lt;div class=&quot;x&quot;&gt;a&lt;/div&gt;", "form": "List&lt;String&gt;",
                  "about": "writes &lt;p&gt; by hand"},
                 {"id": 2, "title": "Cook", "content": "&lt;ul&gt;&lt;li&gt;Cook&lt;/li&gt;&lt;/ul&gt;",
                  "notes": "&lt;br /&gt;", "form": "a &lt; b", "about": "writes much"},
                 {"id": 3, "title": "Nurse", "content": "Care", "notes": "b", "form": "c", "about": "d"}]
                """);

        assertThat(body(inspection))
                .contains(
                        "  description: {from: content, html: true}  # by its name; its values are HTML\n",
                        "  notes: {from: notes, html: true, type: text}\n",
                        "  form: {from: form, type: keyword}\n",
                        "  about: {from: about, type: keyword}\n");
    }

    @Test
    void a_job_board_in_json_with_html_and_arrays() throws IOException {
        Inspection inspection = inspect("board.json", StandardCharsets.UTF_8, """
                {"meta": {"total": 2}, "jobs": [
                  {"id": 4001, "title": "Data Engineer", "updated_at": "2026-03-01T09:00:00-05:00",
                   "location": {"name": "Boston"}, "absolute_url": "https://b.example/4001",
                   "content": "<p>Build <b>pipelines</b></p>", "departments": [{"name": "Tech"}],
                   "tags": ["java", "kafka"], "metadata": null},
                  {"id": 4002, "title": "Nurse", "updated_at": "2026-03-02T09:00:00-05:00",
                   "location": {"name": "Austin"}, "absolute_url": "https://b.example/4002",
                   "content": "<ul><li>Care</li></ul>", "departments": [{"name": "Health"}],
                   "tags": [], "metadata": null}]}
                """);

        assertThat(body(inspection)).isEqualTo("""
                key: required

                file:
                  records: jobs

                offer:
                  id: id  # different in each record
                  category: "/departments/*/name"  # the first of an array; 2 values
                  name: title  # by its name
                  description: {from: content, html: true}  # by its name; its values are HTML
                  published_at: updated_at  # dates by ISO 8601
                  url: absolute_url  # addresses
                  city: /location/name  # by its name

                fields:
                  departments_name: {from: "/departments/*/name", type: keywords, facet: true}
                  tags: {from: "/tags/*", type: keywords, facet: true}

                # Left out; it stays in the topic's records:
                #  - "metadata": blank in every record

                # What is counted, the commonest first, with its records in the sample; others count as (other).
                categories:
                  - Health  # 1
                  - Tech  # 1
                """);
        assertThat(inspection.notes())
                .containsExactly("no coordinates were found: all offers count for the continent UNKNOWN");
    }

    @Test
    void records_with_points_of_geojson_epochs_and_nested_salaries() throws IOException {
        Inspection inspection = inspect("jobs.ndjson", StandardCharsets.UTF_8, """
                {"_id": "a1", "position": "Cook", "employer": {"name": "Inn", "size": 12}, "point": {"type": "Point",\
                 "coordinates": [-0.1276, 51.5072]}, "createdAt": 1767225600000, "remote": false, "salary": {"min": 24000,\
                 "max": 28000, "currency": "GBP", "period": "yearly"}, "sector": "Food"}
                {"_id": "a2", "position": "Waiter", "employer": {"name": "Bar", "size": 3}, "point": {"type": "Point",\
                 "coordinates": [151.2093, -33.8688]}, "createdAt": 1767312000000, "remote": true, "salary": {"min": 21000,\
                 "max": 23000.5, "currency": "AUD", "period": "yearly"}, "sector": "Food"}
                """);

        assertThat(body(inspection)).isEqualTo("""
                key: required

                offer:
                  id: _id  # different in each record
                  category: sector  # 1 value
                  name: position  # by its name
                  location: {from: point, as: geojson}  # points of GeoJSON
                  company: /employer/name  # by its name
                  published_at: {from: createdAt, as: epoch-millis}  # dates
                  salary_min: /salary/min  # by its name
                  salary_max: /salary/max  # by its name
                  salary_currency: /salary/currency  # currencies of three letters
                  salary_period: {from: /salary/period, values: {yearly: year}}  # by its name; the values are words that\
                 are known
                  remote: remote  # by its name

                fields:
                  employer_size: {from: /employer/size, type: integer}

                # What is counted, the commonest first, with its records in the sample; others count as (other).
                categories:
                  - Food  # 2
                """);
        assertThat(preview("jobs.ndjson", inspection)).contains("51.5072,-0.1276", "-33.8688,151.2093");
    }

    @Test
    void a_spanish_export_without_id_and_with_ambiguous_dates() throws IOException {
        Inspection inspection = inspect(
                "ofertas.csv",
                StandardCharsets.UTF_8,
                "titulo,empresa,ciudad,pais,fecha_publicacion,jornada\rCamarero,Bar Uno,Madrid,ES,03/04/2026,completa\r"
                        + "Cocinera,Bar Dos,Sevilla,ES,05/06/2026,parcial\r"
                        + "Camarero,Bar Uno,Cádiz,ES,01/02/2026,completa\r");

        assertThat(body(inspection)).isEqualTo("""
                key: required
                zone: UTC  # of dates that name none; write yours, such as Europe/Paris

                offer:
                  id: {from: [titulo, ciudad], join: "-"}  # together different in each record
                  contract_type: jornada  # 2 values
                  name: titulo  # by its name
                  company: empresa  # by its name
                  published_at: {from: fecha_publicacion, as: dd/MM/yyyy}  # dates; could be MM/dd/yyyy as well
                  city: ciudad  # by its name
                  country: pais  # by its name
                """);
        assertThat(inspection.notes())
                .containsExactly(
                        "published_at: every value fits dd/MM/yyyy and MM/dd/yyyy; look at a date that you know, and"
                                + " correct it if it is the other",
                        "no coordinates were found: all offers count for the continent UNKNOWN",
                        "no category was found: all offers count in the column (none)",
                        "id: no single field is different in each record, but titulo, ciudad together are; a change of"
                                + " one of them makes another offer");
    }

    @Test
    void a_feed_of_schema_org() throws IOException {
        Inspection inspection = inspect("feed.json", StandardCharsets.UTF_8, """
                {"@context": "https://schema.org", "@graph": [
                 {"@type": "JobPosting", "identifier": {"value": "J-1"}, "title": "Welder", "description": "<p>Steel</p>",
                  "hiringOrganization": {"name": "Yard"}, "jobLocation": {"address": {"addressLocality": "Gdansk",
                  "addressCountry": "PL"}, "geo": {"latitude": 54.352, "longitude": 18.6466}}, "baseSalary": {"currency":
                  "PLN", "value": {"minValue": 6000, "maxValue": 8000, "unitText": "MONTH"}}, "datePosted": "2026-01-10",
                  "validThrough": "2026-03-10T00:00", "employmentType": "FULL_TIME", "jobLocationType": "TELECOMMUTE"},
                 {"@type": "JobPosting", "identifier": {"value": "J-2"}, "title": "Painter", "description": "<p>Ships</p>",
                  "hiringOrganization": {"name": "Yard"}, "jobLocation": {"address": {"addressLocality": "Sopot",
                  "addressCountry": "PL"}, "geo": {"latitude": 54.4418, "longitude": 18.5601}}, "baseSalary": {"currency":
                  "PLN", "value": {"minValue": 5000, "maxValue": 7000, "unitText": "MONTH"}}, "datePosted": "2026-01-11",
                  "validThrough": "2026-03-11T00:00", "employmentType": "PART_TIME"}]}
                """);

        assertThat(body(inspection)).isEqualTo("""
                key: required
                zone: UTC  # of dates that name none; write yours, such as Europe/Paris

                file:
                  records: "@graph"

                offer:
                  id: /identifier/value  # different in each record
                  contract_type: employmentType  # 2 values
                  name: title  # by its name
                  office_latitude: /jobLocation/geo/latitude  # degrees, none beyond 90
                  office_longitude: /jobLocation/geo/longitude  # degrees, none beyond 180
                  company: /hiringOrganization/name  # by its name
                  description: {from: description, html: true}  # by its name; its values are HTML
                  published_at: datePosted  # dates by ISO 8601
                  salary_min: /baseSalary/value/minValue  # by its name
                  salary_max: /baseSalary/value/maxValue  # by its name
                  salary_currency: /baseSalary/currency  # currencies of three letters
                  salary_period: /baseSalary/value/unitText  # by its name
                  city: /jobLocation/address/addressLocality  # by its name
                  country: /jobLocation/address/addressCountry  # by its name
                  remote: {from: jobLocationType, values: {TELECOMMUTE: "true"}}  # by its name; the values are words that\
                 are known
                  valid_through: validThrough  # dates by ISO 8601

                # Left out; it stays in the topic's records:
                #  - "@type": always "JobPosting"
                """);
        assertThat(preview("feed.json", inspection)).endsWith("Offers of the sample: 2; refused: 0.\n");
    }

    @Test
    void a_feed_of_schema_org_with_places_in_an_array() throws IOException {
        Inspection inspection = inspect("feed.json", StandardCharsets.UTF_8, """
                {"@type": "ItemList", "itemListElement": [
                 {"@type": "ListItem", "position": 1, "item": {"@type": "JobPosting", "title": "Welder", "identifier":
                  {"@type": "PropertyValue", "name": "Yard", "value": "J-1"}, "jobLocation": [{"@type": "Place",
                  "address": {"addressLocality": "Gdansk", "addressCountry": "PL"}, "geo": {"latitude": 54.352,
                  "longitude": 18.6466}}], "applicantLocationRequirements": {"@type": "Country", "name": "PL"}}},
                 {"@type": "ListItem", "position": 2, "item": {"@type": "JobPosting", "title": "Painter", "identifier":
                  {"@type": "PropertyValue", "name": "Yard", "value": "J-2"}, "jobLocation": [{"@type": "Place",
                  "address": {"addressLocality": "Sopot", "addressCountry": "PL"}, "geo": {"latitude": 54.4418,
                  "longitude": 18.5601}}]}}]}
                """);

        assertThat(body(inspection))
                .contains(
                        "  name: /item/title  # by its name",
                        "  office_latitude: \"/item/jobLocation/*/geo/latitude\"  # the first of an array; degrees",
                        "  office_longitude: \"/item/jobLocation/*/geo/longitude\"  # the first of an array; degrees",
                        "  city: \"/item/jobLocation/*/address/addressLocality\"",
                        "  country: \"/item/jobLocation/*/address/addressCountry\"",
                        "  job_location_address_address_locality: {")
                .doesNotContain("city: \"/item/applicant", "geo_latitude", "item_title");
        assertThat(preview("feed.json", inspection)).contains("J-1  Welder", "54.3520,18.6466 Gdansk PL");
    }

    @Test
    void the_object_around_each_record_is_no_part_of_names() throws IOException {
        Inspection search = inspect("hits.json", StandardCharsets.UTF_8, """
                {"hits": {"hits": [
                 {"_index": "jobs", "_id": "7", "_source": {"company": {"name": "Yard"}, "title": "Welder", "level": "a"}},
                 {"_index": "jobs", "_id": "8", "_source": {"company": {"name": "Dock"}, "title": "Painter", "level": "b"}}
                ]}}
                """);
        assertThat(body(search))
                .contains("name: /_source/title", "company: /_source/company/name", "  level: {from: /_source/level,");

        Inspection company = inspect("plain.json", StandardCharsets.UTF_8, """
                [{"id": "1", "title": "Welder", "company": {"name": "Yard", "title": "Ltd", "size": 3}},
                 {"id": "2", "title": "Painter", "company": {"name": "Dock", "title": "Inc", "size": 4}}]
                """);
        assertThat(body(company)).contains("name: title", "company: /company/name", "  company_size: {");
    }

    @Test
    void the_interfaces_of_lever_and_greenhouse() throws IOException {
        Inspection lever = inspect("lever.json", StandardCharsets.UTF_8, """
                [{"id": "a", "text": "Cook", "salaryRange": {"currency": "€", "interval": "per-year-salary", "min": 50000,
                  "max": 60000}},
                 {"id": "b", "text": "Nurse", "salaryRange": {"currency": "£", "interval": "per-hour-wage", "min": 20,
                  "max": 30}}]
                """);
        assertThat(body(lever))
                .contains(
                        "name: text",
                        "salary_min: /salaryRange/min",
                        "salary_max: /salaryRange/max",
                        "salary_currency: {from: /salaryRange/currency, values: {\"€\": EUR, \"£\": GBP}}",
                        "salary_period: {from: /salaryRange/interval, values: {per-year-salary: year, per-hour-wage: hour}}");
        assertThat(preview("lever.json", lever)).endsWith("Offers of the sample: 2; refused: 0.\n");

        Inspection dollars = inspect("dollars.json", StandardCharsets.UTF_8, """
                [{"id": "a", "title": "Cook", "currency": "$"}, {"id": "b", "title": "Nurse", "currency": "$"}]
                """);
        assertThat(body(dollars)).doesNotContain("salary_currency:");

        Inspection greenhouse = inspect("greenhouse.json", StandardCharsets.UTF_8, """
                {"jobs": [{"id": 1, "title": "Cook", "updated_at": "2026-10-02T09:00:00-04:00", "first_published":
                  "2026-09-01T09:00:00-04:00"}, {"id": 2, "title": "Nurse", "updated_at": "2026-10-02T09:00:00-04:00",
                  "first_published": "2026-09-02T09:00:00-04:00"}], "meta": {"total": 2}}
                """);
        assertThat(body(greenhouse))
                .contains("published_at: first_published", "  updated_at: {from: updated_at, type: date}");
    }

    @Test
    void a_day_in_digits_is_a_date_in_a_field_of_any_name() throws IOException {
        Inspection inspection = inspect("stellen.csv", StandardCharsets.UTF_8, """
                id;titel;Eintritt ab;version;Abteilung
                1;Koch;25.03.2026;1.2.2026.4;Küche
                2;Pfleger;01.04.2026;1.3.2026.5;Station
                """);

        assertThat(body(inspection))
                .contains(
                        "eintritt_ab: {from: \"Eintritt ab\", as: dd.MM.yyyy, type: date}",
                        "version: {from: version, type: keyword}",
                        "category: Abteilung  # 2 values");
        assertThat(preview("stellen.csv", inspection)).endsWith("Offers of the sample: 2; refused: 0.\n");
    }

    @Test
    void a_value_that_is_always_the_same_is_no_facet() throws IOException {
        String records = IntStream.range(0, 30)
                .mapToObj(i -> "{\"id\": \"j" + i + "\", \"title\": \"Job " + i
                        + "\", \"metadata\": [{\"type\": \"yes_no\", \"value\": \"v" + i % 2 + "\"}]}")
                .collect(Collectors.joining(",", "[", "]"));
        Inspection inspection = inspect("jobs.json", StandardCharsets.UTF_8, records);

        assertThat(body(inspection))
                .contains(
                        "metadata_type: {from: \"/metadata/*/type\", type: keywords}",
                        "metadata_value: {from: \"/metadata/*/value\", type: keywords, facet: true}");
    }

    @Test
    void further_fields_get_the_type_of_their_values() throws IOException {
        Inspection inspection = inspect(
                "a.ndjson",
                StandardCharsets.UTF_8,
                IntStream.range(0, 30)
                        .mapToObj(i -> "{\"id\": \"x" + i + "\", \"title\": \"Job " + i + "\", \"level\": \""
                                + "ABC".charAt(i % 3)
                                + "\", \"hours\": " + (20 + i) + ", \"rate\": " + i + ".5, \"zip\": \"0" + (1000 + i)
                                + "\", \"urgent\": \"" + (i % 2 == 0 ? "yes" : "no") + "\", \"lastSeen\": \"2026-01-0"
                                + (1 + i % 9)
                                + "T00:00:00Z\", \"notes\": \"" + "word ".repeat(30) + i + "\", \"skills\": [\"a"
                                + i % 4
                                + "\", \"b\"], \"langs\": [{\"code\": \"fr\", \"score\": 1}], \"Company\": null}\n")
                        .collect(Collectors.joining()));

        assertThat(body(inspection)).contains("""
                fields:
                  level: {from: level, type: keyword, facet: true}
                  hours: {from: hours, type: integer}
                  rate: {from: rate, type: decimal}
                  zip: {from: zip, type: keyword}
                  urgent: {from: urgent, type: boolean, facet: true}
                  last_seen: {from: lastSeen, type: date}
                  notes: {from: notes, type: text}
                  skills: {from: "/skills/*", type: keywords, facet: true}
                  langs_code: {from: "/langs/*/code", type: keywords}
                  langs_score: {from: "/langs/*/score", type: keywords}

                # Left out; it stays in the topic's records:
                #  - "Company": blank in every record
                """);
    }

    @Test
    void an_id_that_only_counts_the_rows_is_warned_of() throws IOException {
        Inspection inspection = inspect("a.csv", StandardCharsets.UTF_8, "id,title\n1,Cook\n2,Nurse\n3,Cook\n");

        assertThat(inspection.mapping().offer()).containsKey(StandardField.ID);
        assertThat(inspection.notes())
                .anyMatch(note -> note.startsWith("id: \"id\" only counts the records; if the next export counts again,"
                        + " offers get other ids. Join fields that stay"));
    }

    @Test
    void records_that_nothing_tells_apart_are_reported() throws IOException {
        Inspection inspection =
                inspect("a.csv", StandardCharsets.UTF_8, "title,city\nCook,Rome\nCook,Rome\nNurse,Rome\n");

        assertThat(inspection.mappingText()).contains("id: title  # 1 of 3 records share it with another");
        assertThat(inspection.notes())
                .contains("id: no field is different in each record; with title joined, 1 of 3 records have the id of"
                        + " another, and each replaces the one before");
    }

    @Test
    void names_and_values_that_would_break_yaml_or_a_terminal_do_neither() throws IOException {
        Inspection inspection = inspect(
                "a.csv",
                StandardCharsets.UTF_8,
                "id,title,\"ca: # \"\"t\"\"\negory\",category\n1,\u001b[31mred,x,a|b\n2,Nurse\t,y,\"c\u0007\"\n3,Cook,z,\"no\"\n");

        assertThat(inspection.mapping().categories()).containsExactly("no");
        assertThat(inspection.mappingText())
                .contains("{from: \"ca: # \\\"t\\\"\\negory\", type: keyword}")
                .contains("#  - \"a|b\" cannot be a category")
                .contains("- \"no\"  # 1");
        assertThat((inspection.mappingText() + inspection.fields()).chars().filter(c -> c != '\n'))
                .noneMatch(Character::isISOControl);
    }

    @Test
    void what_would_be_refused_is_counted_by_reason_with_an_example() throws IOException {
        StringBuilder text = new StringBuilder("id,title,date,lat,lon\n");
        IntStream.range(0, 98).forEach(i -> text.append(i + 100)
                .append(",Cook,2026-01-")
                .append(10 + i % 20)
                .append(",1.5,2.5\n"));
        text.append("7,Nurse,soon,1.5,2.5\n8,,2026-01-02,1.5,2.5\n");
        Inspection inspection = inspect("a.csv", StandardCharsets.UTF_8, text.toString());

        assertThat(preview("a.csv", inspection))
                .contains("Offers of the sample: 98; refused: 2:\n")
                .contains("  bad_date  1, such as: published_at is \"soon\"", "(record 99 of the sample)")
                .contains("  missing_field  1, such as: ", "(record 100 of the sample)");
    }

    @Test
    void a_word_that_many_records_have_among_numbers_and_dates_makes_them_texts() throws IOException {
        StringBuilder text = new StringBuilder("id,title,date,salary_min\n");
        IntStream.range(0, 80).forEach(i -> text.append(i * 7)
                .append(",Cook,2026-01-02T00:00:")
                .append(10 + i % 50)
                .append("Z,")
                .append(2_000 + i)
                .append('\n'));
        IntStream.range(80, 100).forEach(i -> text.append(i * 7).append(",Nurse,open,on request\n"));

        Inspection inspection = inspect("a.csv", StandardCharsets.UTF_8, text.toString());

        assertThat(inspection.mapping().offer()).containsOnlyKeys(StandardField.ID, StandardField.NAME);
        assertThat(inspection.mappingText())
                .contains("  date: {from: date, type: keyword", "_min_2: {from: salary_min, type:");
        assertThat(preview("a.csv", inspection)).endsWith("Offers of the sample: 100; refused: 0.\n");
    }

    @Test
    void the_same_data_give_the_same_proposal() throws IOException {
        String text = "id,title,category\n1,Cook,Food\n2,Nurse,Care\n3,Chef,Food\n4,Medic,Care\n";

        List<String> proposals = IntStream.range(0, 3)
                .mapToObj(i ->
                        Inspection.ofFile(sample(text), "x", FileLayout.USUAL).mappingText())
                .distinct()
                .toList();

        assertThat(proposals).hasSize(1);
        assertThat(proposals.get(0)).endsWith("categories:\n  - Care  # 2\n  - Food  # 2\n");
    }

    @Test
    void the_keys_of_a_topic_are_the_ids_if_each_record_has_one() {
        List<byte[]> records = List.of(
                bytes("{\"ref\": \"a\", \"title\": \"Cook\"}"), bytes("{\"ref\": \"b\", \"title\": \"Nurse\"}"));

        Inspection keyed =
                Inspection.ofTopic(new DataSample(records, List.of("k1", "k2"), List.of(), 0, true, "topic"), "t");
        Inspection bare = Inspection.ofTopic(
                new DataSample(records, Arrays.asList("k1", null), List.of(), 0, true, "topic"), "t");

        assertThat(keyed.mapping().keyIsId()).isTrue();
        assertThat(keyed.mapping().offer()).containsOnlyKeys(StandardField.NAME);
        assertThat(bare.mapping().keyIsId()).isFalse();
        assertThat(bare.mapping().offer()).containsOnlyKeys(StandardField.ID, StandardField.NAME);
    }

    private Inspection inspect(String name, Charset charset, String text) throws IOException {
        Path file = Files.write(directory.resolve(name), text.getBytes(charset));
        Detection detection = Detection.of(file);
        return Inspection.ofFile(DataSample.of(file, detection, 1_000), name, detection.layout());
    }

    private String preview(String name, Inspection inspection) throws IOException {
        Path file = directory.resolve(name);
        return Preview.of(DataSample.of(file, Detection.of(file), 1_000), inspection.mapping())
                .text();
    }

    private DataSample sample(String text) {
        try {
            Path file = Files.writeString(directory.resolve("s.csv"), text);
            return DataSample.of(file, Detection.of(file), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the comments at the top. */
    private static String body(Inspection inspection) {
        String text = inspection.mappingText();
        return text.substring(text.indexOf("\nkey:") + 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
