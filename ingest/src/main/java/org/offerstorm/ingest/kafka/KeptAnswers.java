package org.offerstorm.ingest.kafka;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answers to the idempotency keys of the last 24 hours, 32 MiB of them at most; beyond that the oldest are forgotten. Any
 * thread.
 */
final class KeptAnswers {
    static final Duration AGE = Duration.ofHours(24);
    private static final long MOST_BYTES = 32 << 20;
    /** Of an entry, besides its texts and answer. */
    private static final int ENTRY = 150;

    private final Map<String, KeptAnswer> answers = new LinkedHashMap<>();
    private long bytes;

    /** Null if the key is not known. */
    synchronized KeptAnswer get(String key, long nowMillis) {
        KeptAnswer answer = answers.get(key);
        return answer == null || isOld(answer, nowMillis) ? null : answer;
    }

    synchronized void put(String key, KeptAnswer answer) {
        KeptAnswer before = answers.remove(key);
        bytes += bytes(key, answer) - (before == null ? 0 : bytes(key, before));
        answers.put(key, answer);
        Iterator<Map.Entry<String, KeptAnswer>> oldest = answers.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, KeptAnswer> entry = oldest.next();
            if (bytes <= MOST_BYTES && !isOld(entry.getValue(), answer.atMillis())) {
                break;
            }
            bytes -= bytes(entry.getKey(), entry.getValue());
            oldest.remove();
        }
    }

    synchronized int size() {
        return answers.size();
    }

    private static boolean isOld(KeptAnswer answer, long nowMillis) {
        return nowMillis - answer.atMillis() > AGE.toMillis();
    }

    private static int bytes(String key, KeptAnswer answer) {
        return 2 * key.length() + answer.bytes() + ENTRY;
    }
}
