package org.offerstorm.core.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StacklessJsonFactoryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a",
                "{\"a\":\"b",
                "{\"a\":",
                "[1}",
                "[1,]",
                "{'a':1}",
                "{\"a\":tru}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "[1x]",
                "{\"a\":+1}",
                "{\"a\":\"\\q\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"a\":\"\n\"}",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "{\u0001}",
                "<a/>",
                "/**/{}"
            })
    void what_is_not_json_costs_no_stack_trace_and_is_reported_as_jackson_does(String text) {
        JsonProcessingException ours = failure(new StacklessJsonFactory(new JsonFactoryBuilder()), text);
        JsonProcessingException jacksons = failure(new JsonFactory(), text);

        assertThat(ours.getStackTrace()).isEmpty();
        assertThat(ours.getOriginalMessage()).isEqualTo(jacksons.getOriginalMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[", "{\"a\":1", "{\"a\":[1", "{\"a\":[1]", "{\"a\":{\"b\":[{}]"})
    void a_document_that_ends_too_early_is_reported_in_short(String text) {
        assertThat(failure(new JsonFactory(), text)).isNotNull();
        assertThat(failure(new StacklessJsonFactory(new JsonFactoryBuilder()), text))
                .isInstanceOfSatisfying(JsonProcessingException.class, ours -> {
                    assertThat(ours.getStackTrace()).isEmpty();
                    assertThat(ours.getOriginalMessage()).isEqualTo("the document ends within an object or array");
                });
    }

    private static JsonProcessingException failure(JsonFactory factory, String text) {
        byte[] padded = ("   " + text).getBytes(UTF_8);
        return catchThrowableOfType(JsonProcessingException.class, () -> readAll(factory, padded));
    }

    private static void readAll(JsonFactory factory, byte[] padded) throws IOException {
        try (JsonParser json = factory.createParser(padded, 3, padded.length - 3)) {
            while (json.nextToken() != null) {
                json.getText();
            }
        }
    }
}
