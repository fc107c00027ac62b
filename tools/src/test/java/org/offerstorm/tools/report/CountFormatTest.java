package org.offerstorm.tools.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.offerstorm.core.model.Continent.AF;
import static org.offerstorm.core.model.Continent.EU;
import static org.offerstorm.core.model.Continent.UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.offerstorm.core.model.Cell;

class CountFormatTest {
    private static final CountTable TABLE = CountTable.of(Map.of(
            Cell.of("Tech", EU), 1_402L,
            Cell.of("Tech", AF), 8L,
            Cell.of("Admin", EU), 3L,
            Cell.of(Cell.NO_PROFESSION, UNKNOWN), 2L));

    @Test
    void text_stands_in_columns() {
        assertThat(CountFormat.TEXT.write(TABLE, 80)).isEqualTo("""
                                 Admin   Tech  (none)  Total
                        AF           .      8       .      8
                        AN           .      .       .      .
                        AS           .      .       .      .
                        EU           3  1,402       .  1,405
                        NA           .      .       .      .
                        OC           .      .       .      .
                        SA           .      .       .      .
                        UNKNOWN      .      .       2      2
                        Total        3  1,410       2  1,415
                        """);
    }

    @Test
    void text_goes_on_below_on_a_narrow_terminal() {
        String text = CountFormat.TEXT.write(TABLE, 24);

        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(24));
        assertThat(text).contains("         Admin   Tech\n", "         (none)  Total\n", "EU            .  1,405\n");
    }

    @Test
    void text_of_a_column_that_is_too_wide_is_printed_anyway() {
        assertThat(CountFormat.TEXT.write(TABLE, 1)).contains("Admin", "Tech", "(none)", "Total");
    }

    @Test
    void text_cannot_steer_the_terminal() {
        String text = CountFormat.TEXT.write(one("\u001b[2Jwiped\u202e\u0085\ud800x\n"), 80);

        assertThat(text).contains("?[2Jwiped???x?");
        assertThat(text.codePoints().filter(c -> c != '\n').mapToObj(Character::getType))
                .doesNotContain((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.SURROGATE);
    }

    @Test
    void text_shortens_a_long_category_at_a_code_point() {
        String text = CountFormat.TEXT.write(one("🚀".repeat(50)), 80);

        assertThat(text).contains("🚀".repeat(23) + "…\n".substring(0, 1)).doesNotContain("🚀".repeat(24));
    }

    @Test
    void csv_holds_the_whole_table() {
        assertThat(CountFormat.CSV.write(TABLE, 0).lines())
                .contains("continent,Admin,Tech,(none),total", "EU,3,1402,0,1405", "total,3,1410,2,1415");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"})
    void csv_disarms_formulas(String category) throws Exception {
        assertThat(csvHeader(category)).isEqualTo("'" + category);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "say \"hi\"", "two\nlines", " spaced ", "a=b"})
    void csv_keeps_text_whole(String category) throws Exception {
        assertThat(csvHeader(category)).isEqualTo(category);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "\"quoted\\", "</script>", "line\nfeed\u0000", "é🚀"})
    void json_keeps_text_whole(String category) throws Exception {
        JsonNode json = new ObjectMapper().readTree(CountFormat.JSON.write(one(category), 0));

        assertThat(json.path("total").asLong()).isEqualTo(5);
        assertThat(json.path("cells")).hasSize(1);
        assertThat(json.at("/cells/0/category").asText()).isEqualTo(category);
        assertThat(json.at("/cells/0/continent").asText()).isEqualTo("EU");
        assertThat(json.at("/cells/0/count").asLong()).isEqualTo(5);
    }

    @Test
    void markdown_holds_the_whole_table() {
        assertThat(CountFormat.MD.write(TABLE, 0).lines())
                .startsWith("| | Admin | Tech | (none) | Total |", "|---|---:|---:|---:|---:|")
                .contains("| EU | 3 | 1402 | 0 | 1405 |")
                .endsWith("| **Total** | 3 | 1410 | 2 | **1415** |");
    }

    @Test
    void markdown_is_neither_broken_nor_steered_by_a_category() {
        assertThat(CountFormat.MD.write(one("a|b`*_[x](y)<b>&\n"), 0))
                .startsWith("| | a\\|b\\`\\*\\_\\[x\\](y)&lt;b&gt;&amp;? | Total |\n");
    }

    private static CountTable one(String category) {
        return CountTable.of(Map.of(Cell.of(category, EU), 5L));
    }

    private static String csvHeader(String category) throws Exception {
        String csv = CountFormat.CSV.write(one(category), 0);
        List<CSVRecord> rows = CSVFormat.RFC4180.parse(new StringReader(csv)).getRecords();
        assertThat(rows).hasSize(10);
        return rows.get(0).get(1);
    }
}
