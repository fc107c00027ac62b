package org.offerstorm.core.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;
import org.offerstorm.core.model.Details;
import org.offerstorm.core.model.Offer;

class ProfessionsTest {
    private static final String HEADER = "id,name,category_name\n";

    @Test
    void an_offer_counts_in_the_category_of_its_profession() throws IOException {
        Professions professions = read(HEADER + "7,\"Nursing, general\",Health\n3,Vente,\"Retail, \"\"mode\"\"\"\n");
        assertThat(professions.category(7)).isEqualTo("Health");
        assertThat(professions.category(3)).isEqualTo("Retail, \"mode\"");
        assertThat(professions.cell(offer(7), Continent.EU)).isEqualTo(Cell.of("Health", Continent.EU));
        assertThat(professions.table())
                .extracting(Professions.Profession::name)
                .containsExactly("Vente", "Nursing, general");
    }

    @Test
    void an_offer_without_profession_counts_as_none_and_an_unknown_one_as_other() throws IOException {
        Professions professions = read(HEADER + "7,Nursing,Health\n");
        assertThat(professions.cell(offer(Offer.NO_PROFESSION), Continent.AS).key())
                .isEqualTo("(none)|AS");
        assertThat(professions.cell(offer(8), Continent.UNKNOWN).key()).isEqualTo("(other)|UNKNOWN");
        assertThat(professions.category(-1)).isEqualTo(Cell.OTHER);
        assertThat(professions.category(Long.MAX_VALUE)).isEqualTo(Cell.OTHER);
    }

    @Test
    @SuppressWarnings("ReferenceEquality") // the point of it
    void a_million_unknown_professions_make_no_new_cell() throws IOException {
        Professions professions = read(HEADER + "7,Nursing,Health\n8,Midwifery,Health\n");
        Cell other = professions.cell(offer(1_000_000), Continent.AF);
        for (long id = 1_000_001; id < 2_000_000; id++) {
            if (professions.cell(offer(id), Continent.AF) != other) {
                throw new AssertionError("another cell for profession " + id);
            }
        }
        assertThat(professions.cell(offer(7), Continent.AF)).isSameAs(professions.cell(offer(8), Continent.AF));
    }

    @Test
    void an_offer_that_names_a_category_counts_there_regardless_of_its_profession() throws IOException {
        Professions professions = read(HEADER + "7,Nursing,Sant\u00e9 et soins\n8,Sales,Sales\n")
                .withCategories(List.of(" Tech ", "Te\u0301l\u00e9com", "Sales\u00a0", "Tech"));
        assertThat(professions.categories())
                .containsExactly("Sant\u00e9 et soins", "Sales", "Tech", "Te\u0301l\u00e9com");
        for (String[] one : new String[][] {
            {"Tech", "Tech"},
            {"\u00a0Tech\u200b", "Tech"},
            {"T\u00e9l\u00e9com", "Te\u0301l\u00e9com"},
            {"Sante\u0301  et soins", "Sant\u00e9 et soins"},
            {"Sales", "Sales"},
            {"tech", Cell.OTHER},
            {"(none)", Cell.OTHER},
            {"(other)", Cell.OTHER},
            {"Tech|EU", Cell.OTHER},
        }) {
            Cell cell = professions.cell(offer(7, one[0]), Continent.EU);
            assertThat(cell).as(one[0]).isEqualTo(Cell.of(one[1], Continent.EU));
            assertThat(professions.cell(offer(Offer.NO_PROFESSION, one[0]), Continent.EU))
                    .isSameAs(cell);
        }
        assertThat(professions.cell(offer(7), Continent.EU).category()).isEqualTo("Sant\u00e9 et soins");
        assertThat(professions.cell(offer(8, "Sales\u00a0"), Continent.AS))
                .as("one object for a cell")
                .isSameAs(professions.cell(offer(8), Continent.AS));
        assertThat(professions.spelling("T\u00e9l\u00e9com ")).isEqualTo("Te\u0301l\u00e9com");
        assertThat(professions.withCategories(List.of())).isSameAs(professions);
        assertThat(professions.withCategories(List.of("More")).categories()).hasSize(5);
    }

    @Test
    void a_category_that_could_not_be_a_cell_is_not_added() throws IOException {
        Professions professions = read(HEADER + "7,Nursing,Health\n");
        for (String category : List.of("", "\u200b", "a|b", "a\nb", "(none)", "(ot\u200bher)")) {
            assertThatThrownBy(() -> professions.withCategories(List.of(category)))
                    .as(category)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void columns_are_found_by_name_behind_a_byte_order_mark_and_others_ignored() throws IOException {
        Professions professions = read("\uFEFFcategory_name,note, id ,name\r\nHealth,x, 7 ,Nursing\r\n\r\n");
        assertThat(professions.category(7)).isEqualTo("Health");
        assertThat(professions.categories()).containsExactly("Health");
    }

    @Test
    void colons_braces_and_accents_are_fine_in_a_category() throws IOException {
        assertThat(read(HEADER + "1,a,Bâtiment: {x} (y)\n").category(1)).isEqualTo("Bâtiment: {x} (y)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "7,Nursing,a|b; t.csv:2: category_name 'a|b' holds a '|', which separates category and continent",
                "7,Nursing,\"a\u0007b\"; t.csv:2: category_name 'a\uFFFDb' holds a control character",
                "7,Nursing,\"a\u0085b\"; t.csv:2: category_name 'a\uFFFDb' holds a control character",
                "7,Nursing,(none); t.csv:2: category_name '(none)' is reserved for offers without a known profession",
                "7,Nursing, (other) ; t.csv:2: category_name '(other)' is reserved for offers without a known profession",
                "7,Nursing, ; t.csv:2: category_name is blank",
                "7,,Health; t.csv:2: name is blank",
                "7.0,Nursing,Health; t.csv:2: id '7.0' is not a whole number",
                "-1,Nursing,Health; t.csv:2: id -1 is outside 0 to 2^53",
                ",Nursing,Health; t.csv:2: id '' is not a whole number",
                "7,Nursing; t.csv:2: the line has 2 columns, but 'category_name' is column 3",
            })
    void a_bad_line_is_named(String line, String problem) {
        assertThat(problems(HEADER + line + "\n")).containsExactly(problem);
    }

    @Test
    void a_line_feed_in_a_category_is_refused() {
        assertThat(problems(HEADER + "7,Nursing,\"a\nb\"\n"))
                .hasSize(1)
                .first()
                .asString()
                .contains("control character");
    }

    @Test
    void all_problems_are_reported_at_once_with_their_lines() {
        String table = HEADER + "7,\"two\nlines\",Health\n\n8,Vente,Retail\nx,y,\n8,Again,Retail\n";
        assertThat(problems(table))
                .containsExactly(
                        "t.csv:2: name 'two\uFFFDlines' holds a control character",
                        "t.csv:6: id 'x' is not a whole number",
                        "t.csv:6: category_name is blank",
                        "t.csv:7: id 8 is already on line 5");
    }

    @Test
    void a_missing_column_is_named_with_the_header_that_was_found() {
        assertThat(problems("id;name;category_name\n"))
                .containsExactly(
                        "t.csv:1: the header is 'id;name;category_name'; the columns are separated by ';', and must be"
                                + " separated by commas: save the file again with the comma as separator");
        assertThat(problems("id,name,category\n"))
                .containsExactly("t.csv:1: the column 'category_name' is missing; the header is 'id,name,category'");
        assertThat(problems(""))
                .containsExactly("t.csv:1: the file is empty; the header id,name,category_name is missing");
    }

    @Test
    void a_file_that_is_not_utf8_or_no_csv_is_refused_with_the_line() {
        byte[] latin = (HEADER + "1,a,b\n2,caf\u00e9,Health\n").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        BadProfessions bad = catchThrowableOfType(
                BadProfessions.class, () -> ProfessionsReader.read(new ByteArrayInputStream(latin), "t.csv"));
        assertThat(bad.problems())
                .containsExactly("t.csv:3: not UTF-8; save the file as UTF-8, or convert it:"
                        + " iconv -f WINDOWS-1252 -t UTF-8 t.csv > t.csv.new");

        assertThat(problems(HEADER + "1,a,b\n2,\"never closed,Health\n"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("t.csv:3: a quote (\") opens a cell in this row and is never closed");
    }

    @Test
    void a_file_that_is_not_there_is_named(@TempDir Path directory) {
        assertThatThrownBy(() -> ProfessionsReader.read(directory.resolve("none.csv")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no table of professions at " + directory);
    }

    @Test
    void the_table_travels_serialized() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(read(HEADER + "7,Nursing,Health\n"));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Professions copy = (Professions) in.readObject();
            assertThat(copy.cell(offer(7), Continent.OC)).isEqualTo(Cell.of("Health", Continent.OC));
            assertThat(copy.category(8)).isEqualTo(Cell.OTHER);
        }
    }

    @Test
    void the_table_of_the_project_is_sound() throws IOException {
        Professions professions =
                ProfessionsReader.read(Path.of(System.getProperty("offerstorm.root"), "conf", "professions.csv"));
        assertThat(professions.table()).hasSizeBetween(40, 50);
        assertThat(professions.categories()).hasSizeBetween(8, 10);
    }

    private static Professions read(String table) throws IOException {
        return ProfessionsReader.read(new ByteArrayInputStream(table.getBytes(UTF_8)), "t.csv");
    }

    private static java.util.List<String> problems(String table) {
        return catchThrowableOfType(BadProfessions.class, () -> read(table)).problems();
    }

    private static Offer offer(long profession, String category) {
        Details details = Details.of(category, null, null, null, null, null, Offer.NO_DATE, List.of());
        return new Offer("a1", profession, null, "n", Double.NaN, Double.NaN, null, null, Offer.NO_DATE, details);
    }

    private static Offer offer(long profession) {
        return new Offer("a1", profession, null, "n", Double.NaN, Double.NaN, null, null, Offer.NO_DATE);
    }
}
