package org.offerstorm.lake.serve;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.text.UtcInstant;

/**
 * What is asked.
 *
 * @param merged whether the table is moved by what is staged after it
 * @param at the instant whose live offers are counted; null: now
 */
public record CountsQuestion(boolean merged, Instant at) {
    /**
     * The question in the query of an address, {@code from=batch&at=2026-11-01}; batch is the default.
     *
     * @param query as it came, encoded; null if there is none
     * @throws IllegalArgumentException with a reason for whoever asks
     */
    static CountsQuestion parse(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String each : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = each.indexOf('=');
            String name = equals < 0 ? each : each.substring(0, equals);
            if (!name.equals("from") && !name.equals("at")) {
                throw new IllegalArgumentException(
                        "there is no parameter '" + PlainText.excerpt(name) + "'; there are from and at");
            }
            String value = equals < 0 ? "" : URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8);
            if (parameters.put(name, value) != null) {
                throw new IllegalArgumentException("'" + name + "' is there twice");
            }
        }
        String from = parameters.getOrDefault("from", "batch");
        if (!from.equals("batch") && !from.equals("merged")) {
            throw new IllegalArgumentException(
                    "from is '" + PlainText.excerpt(from) + "'; the lake has batch and merged");
        }
        String at = parameters.get("at");
        if (at != null && from.equals("merged")) {
            throw new IllegalArgumentException(
                    "at asks the history, which is a part of the batch; leave from=merged out");
        }
        return new CountsQuestion(from.equals("merged"), at == null ? null : UtcInstant.parse(at));
    }
}
