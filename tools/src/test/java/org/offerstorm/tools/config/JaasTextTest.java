package org.offerstorm.tools.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JaasTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x.Scram required username=\"a\" password=\"*\"; | x.Scram required username=\"a\" password=\"HIDDEN\";",
                "x.Krb5 required useKeyTab=true keyTab=\"/k\"; | x.Krb5 required useKeyTab=true keyTab=\"/k\";",
                "x.Oauth required clientId='a' clientSecret=b; | x.Oauth required clientId='a' clientSecret=HIDDEN;",
                "x.Own required word=\"a\\\"b; c\" ; | x.Own required word=\"HIDDEN\" ;",
                // No form that is known: all of it.
                "x.Scram required password=\"a | HIDDEN",
                "password=a | HIDDEN",
                "x.Scram required; y.Scram required password=a; | HIDDEN",
            })
    void hides_what_is_not_known_to_be_public(String text, String shown) {
        assertThat(JaasText.show(text, secret -> "HIDDEN")).isEqualTo(shown);
    }
}
