package org.offerstorm.ingest.offers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
    @Test
    void elements_are_cut_out_as_they_are() throws Exception {
        assertThat(texts(Batch.ofJson(bytes(" \n[ {\"a\" : [1,{}] } ,{\"b\":\"]é,\"},\"x\", 12 , null,[1],true] "))))
                .containsExactly("{\"a\" : [1,{}] }", "{\"b\":\"]é,\"}", "\"\"", "0", "null", "[1]", "true");
        assertThat(Batch.ofJson(bytes("[]"))).isEmpty();
        assertThat(Batch.ofJson(bytes(" \r\n"))).isEmpty();
    }

    @Test
    void what_is_no_array_is_one_item_for_the_parser_to_judge() throws Exception {
        for (String body : List.of("{\"id\":1} {}", "7", "nonsense", "{\"id\":")) {
            assertThat(texts(Batch.ofJson(bytes(body)))).containsExactly(body);
        }
        assertThat(texts(Batch.ofJson(bytes("\uFEFF{}")))).containsExactly("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[{\"a\":1}", "[{\"a\":1},", "[{\"a\":1}]]", "[{\"a\":1}] 2", "[{'a':1}]", "[1 2]", "[{},{]", "["
            })
    void an_array_that_is_broken_has_no_items(String body) {
        assertThatThrownBy(() -> Batch.ofJson(bytes(body)))
                .isInstanceOfSatisfying(
                        BadBatch.class, e -> assertThat(e.isTooMany()).isFalse())
                .hasMessageContaining("sent");
    }

    @Test
    void another_encoding_than_utf8_is_refused() {
        assertThatThrownBy(() -> Batch.ofJson("[{}]".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(BadBatch.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void lines_keep_their_numbers_and_blank_ones_are_none() throws Exception {
        List<Item> items = Batch.ofLines(bytes("\uFEFF{}\r\n \t\r\n\n{\"a\"\n[1]"));

        assertThat(items).extracting(Item::line).containsExactly(1, 4, 5);
        assertThat(texts(items)).containsExactly("{}\r", "{\"a\"", "[1]");
    }

    @Test
    void too_many_items_are_refused_before_they_are_kept() {
        String many = "{}\n".repeat(Batch.MOST_ITEMS + 1);
        assertThatThrownBy(() -> Batch.ofLines(bytes(many)))
                .isInstanceOfSatisfying(
                        BadBatch.class, e -> assertThat(e.isTooMany()).isTrue());
        assertThatThrownBy(() -> Batch.ofJson(bytes("[{}" + ",{}".repeat(Batch.MOST_ITEMS) + "]")))
                .isInstanceOfSatisfying(
                        BadBatch.class, e -> assertThat(e.isTooMany()).isTrue());
    }

    @Test
    void an_array_may_be_nested_as_deep_as_the_parser_refuses_by_itself() throws Exception {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(texts(Batch.ofJson(bytes("[" + deep + "]")))).containsExactly(deep);
        assertThatThrownBy(() -> Batch.ofJson(bytes("[".repeat(1_000_000)))).isInstanceOf(BadBatch.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<String> texts(List<Item> items) {
        return items.stream().map(item -> new String(item.bytes(), UTF_8)).toList();
    }
}
