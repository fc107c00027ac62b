package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as spreadsheets and exports write it: understood where it says one thing only, named where it does not. */
class CsvDialectsTest {
    private static final String HEADER = "profession_id,contract_type,name,office_latitude,office_longitude";
    private static final String ROW = "7,C,Chef,48,2";
    private static final String OFFER =
            "{\"id\":\"row-1\",\"profession_id\":7,\"contract_type\":\"C\",\"name\":\"Chef\",\"office_latitude\":48,\"office_longitude\":2}";

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|", "\u0001"})
    void another_separator_is_named_also_if_all_cells_are_quoted(String separator) {
        String text = HEADER + "\n" + ROW + "\n";
        for (String csv : List.of(
                text.replace(",", separator),
                quoted(text).replace("\",\"", "\"" + separator + "\""),
                HEADER.replace(",", separator) + "\n7;C;Chef;48,85;2,35\n".replace(";", separator))) {
            assertThat(refusal(csv))
                    .startsWith("in:1: ")
                    .contains(
                            "are separated by '"
                                    + separator.replace("\t", "\\t").replace("\u0001", "\\u0001") + "'",
                            "commas")
                    .doesNotContain("quote");
        }
    }

    @Test
    void the_separator_line_of_excel_is_understood() throws IOException {
        for (String line : List.of("sep=,\r\n", "\uFEFFsep=,\n", "\"sep=,\"\n", "SEP=,\n", "sep=,,,,\n")) {
            assertThat(Lines.read(InputFormat.CSV, line + HEADER + "\n" + ROW + "\n"))
                    .as(line)
                    .containsExactly("3 row-1 " + OFFER);
        }
        assertThat(refusal("sep=;\n" + HEADER.replace(',', ';') + "\n")).contains("separated by ';'", "commas");
        assertThat(refusal("sep=\t\r\n" + HEADER.replace(',', '\t') + "\n")).contains("separated by '\\t'");
    }

    @Test
    void any_blanks_around_names_and_numbers_are_blanks() throws IOException {
        String header = HEADER.replace("name", "\u00A0name\u200B").replace("contract", "\uFEFFcontract");
        assertThat(Lines.read(InputFormat.CSV, header + "\n\u00A07\u202F,C,Chef,\u200B48, 2\u00A0\n"))
                .containsExactly("2 row-1 " + OFFER);
        assertThat(Lines.read(InputFormat.CSV, HEADER + "\n\u00A0,\u200B,Chef,\u3164,\uFEFF\n\u00A0\n"))
                .as("blank cells, and a blank line")
                .containsExactly("2 row-1 {\"id\":\"row-1\",\"name\":\"Chef\"}");
        assertThat(Lines.read(InputFormat.CSV, "id," + HEADER + "\n\u200B," + ROW + "\n"))
                .containsExactly("2 SKIPPED row 1 has a blank id");
    }

    @Test
    void a_text_stays_as_it_came() throws IOException {
        assertThat(Lines.read(InputFormat.CSV, HEADER + "\n,,\u00A0Chef\u200B,,\n"))
                .containsExactly("2 row-1 {\"id\":\"row-1\",\"name\":\"\u00A0Chef\u200B\"}");
    }

    @Test
    void joined_files_are_read_and_their_second_header_reported() throws IOException {
        String file = "\uFEFF" + HEADER + "\n" + ROW + "\n";
        assertThat(Lines.read(InputFormat.CSV, file + file))
                .containsExactly(
                        "2 row-1 " + OFFER,
                        "3 SKIPPED row 2 is the header again; were files joined?",
                        "4 row-3 " + OFFER.replace("row-1", "row-3"));
        assertThat(Lines.read(InputFormat.CSV, file + "\uFEFF" + ROW + "\n"))
                .containsExactly("2 row-1 " + OFFER, "3 row-2 " + OFFER.replace("row-1", "row-2"));
        String other = "name,profession_id,contract_type,office_latitude,office_longitude\nChef,7,C,48,2\n";
        assertThat(refusal(file + other)).startsWith("in:3: another header").contains("one by one");
    }

    @Test
    void typographic_quotes_are_named() throws IOException {
        assertThat(refusal("“" + HEADER.replace(",", "”,“") + "”\n")).contains("straight quotes (\")");
        assertThat(Lines.read(InputFormat.CSV, HEADER + "\n7,C,“Chef, nuit”,48,2\n"))
                .containsExactly(
                        "2 SKIPPED row 1 has 6 cells, the header 5; its quotes are typographic (“ ”), write straight ones (\")");
    }

    @Test
    void names_in_capitals_are_named() {
        assertThat(refusal(HEADER.toUpperCase(java.util.Locale.ROOT) + "\n")).contains("small letters");
    }

    @Test
    void another_encoding_is_named_with_what_to_type() {
        byte[] bytes = (HEADER + "\n7,C,“Chef”,48,2\n").getBytes(Charset.forName("windows-1252"));
        BadInput refused = catchThrowableOfType(BadInput.class, () -> Lines.read(Lines.open(bytes, InputFormat.CSV)));
        assertThat(refused.getMessage())
                .contains("not UTF-8", "… | iconv -f WINDOWS-1252 -t UTF-8 | ./offerstorm produce -");
    }

    @Test
    void a_blank_line_before_the_header_is_nothing() throws IOException {
        assertThat(Lines.read(InputFormat.CSV, "\n \u00A0\n" + HEADER + "\n" + ROW + "\n"))
                .containsExactly("4 row-1 " + OFFER);
    }

    private static String quoted(String csv) {
        return csv.lines().map(line -> '"' + line.replace(",", "\",\"") + '"').reduce("", (a, b) -> a + b + "\n");
    }

    private static String refusal(String csv) {
        BadInput refused = catchThrowableOfType(
                BadInput.class, () -> Lines.read(Lines.open(csv.getBytes(UTF_8), InputFormat.CSV)));
        assertThat(refused).as("it is refused").isNotNull();
        return refused.getMessage();
    }
}
