package org.offerstorm.core.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people give for a table of professions: each is named, with what to do. */
class ProfessionsFilesTest {
    private static final String TABLE = "id,name,category_name\n7,Nursing,Health\n";

    @ParameterizedTest
    @ValueSource(strings = {";", "\t", "|"})
    void another_separator_is_named_also_if_all_cells_are_quoted(String separator) {
        for (String table : new String[] {
            TABLE.replace(",", separator),
            "\"id\"§\"name\"§\"category_name\"\n\"7\"§\"Nursing\"§\"Health\"\n".replace("§", separator)
        }) {
            assertThat(only(table.getBytes(UTF_8)))
                    .startsWith("t.csv:1: ")
                    .contains("separated by '" + separator.replace("\t", "\\t") + "'", "commas");
        }
    }

    @Test
    void the_separator_line_of_excel_is_understood() throws IOException {
        assertThat(read(("sep=,\r\n" + TABLE).getBytes(UTF_8)).category(7)).isEqualTo("Health");
        assertThat(read(("\uFEFF\"sep=,\"\n" + TABLE).getBytes(UTF_8)).category(7))
                .isEqualTo("Health");
        assertThat(only(("sep=;\n" + TABLE.replace(',', ';')).getBytes(UTF_8))).contains("separated by ';'", "commas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void wide_encodings_are_named(String charset) {
        String problem = only(TABLE.getBytes(Charset.forName(charset)));
        assertThat(problem).contains("iconv -f " + charset + " -t UTF-8 t.csv");
    }

    @Test
    void latin_letters_are_named_with_what_to_type() {
        byte[] latin = TABLE.replace("Health", "Sant\u00e9").getBytes(Charset.forName("windows-1252"));
        assertThat(only(latin))
                .startsWith("t.csv:2: not UTF-8; save the file as UTF-8")
                .contains("iconv -f WINDOWS-1252");
    }

    @ParameterizedTest
    @CsvSource({
        "504B03041400060008000000210062EE9D685E01000090040000130008025B436F6E74656E745F54797065735D2E786D6C, Excel",
        "504B0304140000000800000021006F66666572732E637376, unzip -p t.csv",
        "D0CF11E0A1B11AE100000000, Excel",
        "1F8B0800000000000003, gzip -dc t.csv",
        "425A683931415926535932, bzip2 -dc t.csv",
        "FD377A585A000004E6D6B446, xz -dc t.csv",
        "28B52FFD2400010000, zstd -dc t.csv",
        "255044462D312E370A, PDF",
        "3C21444F43545950452068746D6C3E0A, web page"
    })
    void other_kinds_of_files_are_named(String hex, String advice) {
        assertThat(only(HexFormat.of().parseHex(hex)))
                .startsWith("t.csv:1: is ")
                .contains(advice);
    }

    @Test
    void json_is_named() {
        assertThat(only("[{\"id\":7}]\n".getBytes(UTF_8))).contains("JSON", "CSV");
        assertThat(only("{\"id\":7}\n".getBytes(UTF_8))).contains("JSON", "CSV");
    }

    @Test
    void typographic_quotes_and_capitals_in_a_header_are_named() {
        assertThat(only("“id”,“name”,“category_name”\n7,a,b\n".getBytes(UTF_8))).contains("straight quotes");
        assertThat(problem("Id,NAME,Category_Name\n7,a,b\n".getBytes(UTF_8)).problems())
                .allMatch(problem -> problem.contains("small letters"));
    }

    @Test
    void broken_quoting_is_named_as_for_offers() {
        assertThat(only((TABLE + "8,\"never closed,Health\n").getBytes(UTF_8))).contains("never closed; close it");
        assertThat(only((TABLE + "8,\"a\" b,Health\n").getBytes(UTF_8))).contains("text follows a closing quote");
    }

    private static String only(byte[] table) {
        BadProfessions bad = problem(table);
        assertThat(bad.problems()).hasSize(1);
        return bad.problems().get(0);
    }

    private static BadProfessions problem(byte[] table) {
        return catchThrowableOfType(BadProfessions.class, () -> read(table));
    }

    private static Professions read(byte[] table) throws IOException {
        return ProfessionsReader.read(new ByteArrayInputStream(table), "t.csv");
    }
}
