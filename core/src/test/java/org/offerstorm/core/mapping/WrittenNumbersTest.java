package org.offerstorm.core.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenNumbersTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "+7", "007", "1.5", ".5", "5.", "1e3", "1E-3", "1.e+3", "-.5e1"})
    void numbers_as_programs_write_them(String text) {
        assertThat(WrittenNumbers.isNumber(text)).isTrue();
        assertThat(Double.parseDouble(text)).isFinite();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "-",
                "+",
                "e1",
                "1e",
                "1e+",
                "1,5",
                "1 5",
                "NaN",
                "Infinity",
                "0x1",
                "1d",
                "1f",
                "--1",
                "1.2.3",
                "١",
                "1_000"
            })
    void what_is_not_a_number(String text) {
        assertThat(WrittenNumbers.isNumber(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "48,85 | ,  | 48.85",
                "1.234 | , | 1234",
                "1.234.567,8 | , | 1234567.8",
                "1 234 567,8 | , | 1234567.8",
                "1\u202f234,5 | , | 1234.5",
                "1'234.5 | . | 1234.5",
                "1\u2019234.5 | . | 1234.5",
                "1,234.5 | . | 1234.5",
                "\u22121.234,5 | , | -1234.5",
                "-12 | , | -12",
                "1,5e3 | , | 1.5e3",
                "12345,678 | , | 12345.678"
            })
    void thousands_may_be_separated(String text, char decimal, String number) {
        assertThat(WrittenNumbers.grouped(text, decimal)).isEqualTo(number);
    }

    /** Each could mean two numbers, or none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.23 | ,",
                "1234.567 | ,",
                "1.234.56 | ,",
                "48.85 | ,",
                "1,23.5 | .",
                ".234 | ,",
                "1..234 | ,",
                "1. | ,",
                "1,234.5 | ,",
                "1,2 3 | ,",
                "1,234,56 | .",
                "1,5,6 | ,",
                "1 2 | ,",
                "- 1 | ,",
                "1.234e | ,",
                "x | ,"
            })
    void what_could_mean_something_else_is_refused(String text, char decimal) {
        String number = WrittenNumbers.grouped(text, decimal);
        assertThat(number != null && WrittenNumbers.isNumber(number)).as(number).isFalse();
    }

    @Test
    void the_point_is_the_usual_mark_of_decimals() {
        assertThat(WrittenNumbers.grouped("1234.5", '.')).isEqualTo("1234.5");
    }
}
