package org.offerstorm.core.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that only look alike are one category; the spelling of the lowest id is the one that is shown. */
class LookalikeCategoriesTest {
    private static final String HEADER = "id,name,category_name\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Santé et soins\u00A0",
                "\u200BSanté et soins",
                "Sante\u0301 et soins",
                "Santé\u202Fet  soins",
                "Santé et so\u00ADins",
                "\uFEFFSanté\u2003et soins",
            })
    void lookalikes_are_one_category(String lookalike) throws IOException {
        Professions professions = read(HEADER + "2,Midwifery," + lookalike + "\n1,Nursing,Santé et soins\n");
        assertThat(professions.categories()).containsExactly("Santé et soins");
        assertThat(professions.category(2)).isEqualTo("Santé et soins");
        assertThat(professions.table())
                .extracting(Professions.Profession::category)
                .containsOnly("Santé et soins");
    }

    @Test
    void a_category_with_one_spelling_keeps_it() throws IOException {
        Professions professions =
                read(HEADER + "1,a,Sante\u0301\u00A0: soins\n2,b,Tech\n3,c,tech\n4,d,Te ch\n5,e,\u00A0Sales\u200B\n");
        assertThat(professions.categories())
                .containsExactly("Sante\u0301\u00A0: soins", "Tech", "tech", "Te ch", "Sales");
    }

    @Test
    void a_text_that_looks_like_a_category_has_its_spelling() throws IOException {
        Professions professions = read(HEADER + "1,a,De\u0301veloppement\u00A0: web\n");
        assertThat(professions.spelling("Développement : web ")).isEqualTo("De\u0301veloppement\u00A0: web");
        assertThat(professions.spelling("développement : web")).isEqualTo("développement : web");
        assertThat(professions.spelling("(none)")).isEqualTo("(none)");
    }

    @Test
    void headers_and_ids_may_have_any_blanks_around_them() throws IOException {
        Professions professions = read("\u00A0id\u200B,\uFEFFname,category_name\u00A0\n\u00A07\u202F,Nursing,Health\n");
        assertThat(professions.category(7)).isEqualTo("Health");
    }

    @Test
    void invisible_characters_alone_are_blank_and_reserved_names_stay_so() {
        assertThat(problems(HEADER + "1,\u200B,\u3164\n"))
                .containsExactly("t.csv:2: name is blank", "t.csv:2: category_name is blank");
        assertThat(problems(HEADER + "1,a,(none)\u00A0\n2,b,(ot\u200Bher)\n"))
                .hasSize(2)
                .allMatch(problem -> problem.contains("is reserved"));
    }

    private static Professions read(String table) throws IOException {
        return ProfessionsReader.read(new ByteArrayInputStream(table.getBytes(UTF_8)), "t.csv");
    }

    private static List<String> problems(String table) {
        return catchThrowableOfType(BadProfessions.class, () -> read(table)).problems();
    }
}
