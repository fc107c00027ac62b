package org.offerstorm.tools.verify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The rules for a document as a whole: what a tree tells (it is one JSON object), and what a tree has forgotten (how deep,
 * how many tokens, how long a number was as written). Used by one thread.
 */
final class JsonShape {
    private static final int DEPTH = 32;
    private static final int TOKENS = 20_000;
    private static final int FIELD_NAME_BYTES = 256;
    private static final int NUMBER_CHARACTERS = 64;
    private static final int DOCUMENT = 1 << 20;

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DOCUMENT)
                    .maxNumberLength(DOCUMENT)
                    .maxNameLength(DOCUMENT)
                    .build())
            .build());

    /**
     * The document.
     *
     * @param idAsWritten receives the id if it is a number, as it is written
     * @throws Refusal if it is none
     */
    JsonNode object(String text, StringBuilder idAsWritten) throws Refusal {
        walk(text, idAsWritten);
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Refusal("bad_json");
        }
    }

    /** The tokens one by one, to the end of the text: the first that breaks a rule names it. */
    private void walk(String text, StringBuilder idAsWritten) throws Refusal {
        boolean whole = false;
        try (JsonParser json = mapper.createParser(text)) {
            JsonToken first = json.nextToken();
            if (first.isNumeric() && json.getText().length() > NUMBER_CHARACTERS) {
                throw new Refusal("number_too_long");
            }
            for (int depth = first.isStructStart() ? 1 : 0, tokens = 1; depth > 0; ) {
                JsonToken token = json.nextToken();
                tokens++;
                if (token == null) {
                    throw new Refusal("bad_json");
                }
                if (tokens > TOKENS) {
                    throw new Refusal("too_many_tokens");
                }
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                }
                if (depth > DEPTH) {
                    throw new Refusal("too_deep");
                }
                if (token == JsonToken.FIELD_NAME && bytes(json.currentName()) > FIELD_NAME_BYTES) {
                    throw new Refusal("name_too_long");
                }
                if (token.isNumeric()) {
                    String number = json.getText();
                    if (number.length() > NUMBER_CHARACTERS) {
                        throw new Refusal("number_too_long");
                    }
                    if (depth == 1 && "id".equals(json.currentName())) {
                        idAsWritten.append(number);
                    }
                }
            }
            whole = true;
            if (json.nextToken() != null) {
                throw new Refusal("trailing_data");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new Refusal("not_an_object");
            }
        } catch (JsonProcessingException e) {
            String reason = e.getOriginalMessage().startsWith("Duplicate") ? "duplicate_field" : "bad_json";
            throw new Refusal(whole ? "trailing_data" : reason);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
