package org.offerstorm.core.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import org.junit.jupiter.api.Test;
import org.offerstorm.core.parse.ParseResult.Rejected;

class ParserFailureTest {
    @Test
    void a_bug_in_the_json_library_refuses_the_record_and_not_the_worker() {
        JsonFactory broken = new JsonFactory() {
            @Override
            public JsonParser createParser(byte[] data, int offset, int length) {
                throw new ArrayIndexOutOfBoundsException(4711);
            }
        };
        Rejected rejected = (Rejected) new OfferParser(broken).parse(Cases.offer(""));
        assertThat(rejected.reason()).isEqualTo(Reason.PARSER_FAILED);
        assertThat(rejected.detail()).contains("please report", "4711");
    }
}
