package org.offerstorm.tools.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.model.SourcePosition;
import org.offerstorm.core.model.SourceRecord;
import org.offerstorm.core.parse.OfferParser;
import org.offerstorm.core.parse.ParseResult.Accepted;
import org.offerstorm.core.parse.ParseResult.Rejected;

class CsvReaderTest {
    private static final String HEADER = "profession_id,contract_type,name,office_latitude,office_longitude\n";

    @Test
    void a_row_becomes_an_offer_whose_id_is_the_rows_number() throws IOException {
        assertThat(read("7,FULL_TIME,\"Vente, \"\"mode\"\" 😀\",48.85,-2.5\n8,TEMPORARY,Chef\t,-33,151.2\n"))
                .containsExactly(
                        "2 row-1 {\"id\":\"row-1\",\"profession_id\":7,\"contract_type\":\"FULL_TIME\",\"name\":\"Vente, \\\"mode\\\" 😀\",\"office_latitude\":48.85,\"office_longitude\":-2.5}",
                        "3 row-2 {\"id\":\"row-2\",\"profession_id\":8,\"contract_type\":\"TEMPORARY\",\"name\":\"Chef\\t\",\"office_latitude\":-33,\"office_longitude\":151.2}");
    }

    @Test
    void blank_cells_are_absent_fields() throws IOException {
        assertThat(read(", ,Chef,,\t\n")).containsExactly("2 row-1 {\"id\":\"row-1\",\"name\":\"Chef\"}");
    }

    @Test
    void a_cell_may_span_lines_and_blank_lines_are_no_rows() throws IOException {
        assertThat(read("1,,\"two\r\nlines\",,\r\n\r\n2,,Chef,,\r\n"))
                .containsExactly(
                        "2 row-1 {\"id\":\"row-1\",\"profession_id\":1,\"name\":\"two\\r\\nlines\"}",
                        "5 row-2 {\"id\":\"row-2\",\"profession_id\":2,\"name\":\"Chef\"}");
    }

    @Test
    void columns_are_found_by_name_in_any_order_and_unknown_ones_ignored() throws IOException {
        String csv = """
                \uFEFFname,salary,office_longitude,office_latitude, contract_type ,profession_id,company,id
                Chef,9,2,48,CDI,7,"Sève, pâtissiers",a1
                """;
        assertThat(Lines.read(InputFormat.CSV, csv))
                .containsExactly(
                        "2 a1 {\"id\":\"a1\",\"name\":\"Chef\",\"office_longitude\":2,\"office_latitude\":48,\"contract_type\":\"CDI\",\"profession_id\":7,\"company\":\"Sève, pâtissiers\"}");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "7,C,Chef,48.85,; coordinates_incomplete",
                "7,C,Chef,north,2; bad_type",
                "7,C,Chef,NaN,2; bad_type",
                "7,C,Chef,'48,85',2; bad_type",
                "7,C,Chef,+48.85,2; bad_type",
                "7,C,Chef,048.85,2; bad_type",
                "7,C,Chef,139.7,35.6; out_of_range",
                "seven,C,Chef,48.85,2; bad_type",
                "7.5,C,Chef,48.85,2; bad_type",
                "7,C,,48.85,2; missing_field",
                "7,C,\u0007bell,48.85,2; bad_text",
                "7,C,Chef,\u000748.85,2; bad_type",
            })
    void what_is_odd_in_a_row_goes_on_for_the_pipeline_to_refuse(String row, String reason) throws IOException {
        Rejected rejected = (Rejected) parse(row.replace('\'', '"'));
        assertThat(rejected.reason().code()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"7.0,C,Chef, 48.85 ,2e0", "-1,C,Chef,0,-0.0", ",,Chef,,", "9999999,C,=1+1,-90,180.000"})
    void sound_rows_become_sound_offers(String row) throws IOException {
        assertThat(parse(row)).isInstanceOf(Accepted.class);
    }

    @Test
    void a_row_with_another_number_of_cells_is_skipped_and_keeps_its_number() throws IOException {
        assertThat(read("7,C,Chef, de rang,48,2\n7,C,Chef\n7,C,Chef,48,2,,\n"))
                .containsExactly(
                        "2 SKIPPED row 1 has 6 cells, the header 5; is a comma not quoted?",
                        "3 SKIPPED row 2 has 3 cells, the header 5; is a comma not quoted?",
                        "4 row-3 {\"id\":\"row-3\",\"profession_id\":7,\"contract_type\":\"C\",\"name\":\"Chef\",\"office_latitude\":48,\"office_longitude\":2}");
    }

    @Test
    void a_header_alone_is_a_file_of_no_offers() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(Lines.read(InputFormat.CSV, HEADER.strip())).isEmpty();
    }

    @Test
    void missing_columns_are_reported_with_the_header_that_was_found() {
        assertThatThrownBy(() -> Lines.read(InputFormat.CSV, "name;office_latitude\nChef;2\n"))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "in:1: the header lacks profession_id, contract_type, name, office_latitude, office_longitude;"
                                + " './offerstorm inspect in' proposes a mapping (--mapping) for data of any form; without one"
                                + " it must name profession_id,contract_type,name,office_latitude,office_longitude, and reads"
                                + " 'name;office_latitude'; the columns are separated by ';', and must be separated by commas:"
                                + " save the file again with the comma as separator");
        assertThatThrownBy(() -> Lines.read(InputFormat.CSV, "name,salary\n"))
                .hasMessageEndingWith("and reads 'name,salary'");
        assertThatThrownBy(() -> Lines.read(InputFormat.CSV, ""))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("in is empty; a CSV begins with a header");
        assertThatThrownBy(() -> Lines.read(InputFormat.CSV, HEADER.strip() + ",name\n"))
                .hasMessage("in:1: the header names name twice");
    }

    @Test
    void a_file_in_another_encoding_ends_with_a_message_that_helps() {
        byte[] latin = (HEADER + "7,C,Café,48,2\n").getBytes(ISO_8859_1);
        assertThatThrownBy(() -> Lines.read(Lines.open(latin, InputFormat.CSV)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("not UTF-8")
                .hasMessageContaining("iconv");
    }

    @Test
    void broken_quoting_ends_with_the_line() {
        assertThatThrownBy(() -> read("7,C,Chef,48,2\n7,C,\"Chef,48,2\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("in:3: a quote (\") opens a cell in this row and is never closed");
        assertThatThrownBy(() -> read("7,C,\"Chef\" de rang,48,2\n"))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("in:2: text follows a closing quote");
    }

    @Test
    void a_quote_that_is_never_closed_does_not_take_a_long_file_into_memory() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                java.util.Arrays.fill(bytes, offset, offset + length, (byte) 'x');
                return length;
            }
        };
        InputStream file = new SequenceInputStream(
                new ByteArrayInputStream((HEADER + "7,C,Chef,48,2\n7,C,\"Chef").getBytes(UTF_8)), endless);
        try (InputSource source = InputSource.open(file, "in", InputFormat.CSV)) {
            assertThat(source.reader().next()).isInstanceOf(Input.Item.class);
            assertThatThrownBy(() -> source.reader().next())
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("is a quote never closed?");
        }
    }

    private static List<String> read(String rows) throws IOException {
        return Lines.read(InputFormat.CSV, HEADER + rows);
    }

    private static Object parse(String row) throws IOException {
        try (InputSource source = Lines.open((HEADER + row + "\n").getBytes(UTF_8), InputFormat.CSV)) {
            Input.Item item = (Input.Item) source.reader().next();
            return new OfferParser().parse(new SourceRecord(new SourcePosition(0, 0, 0), item.key(), item.value()));
        }
    }
}
