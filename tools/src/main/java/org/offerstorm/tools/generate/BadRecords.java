package org.offerstorm.tools.generate;

import java.util.List;

/** Records with a readable id that the parser refuses, each kind in turn. One thread. */
final class BadRecords {
    /** What follows the id. */
    private static final List<String> TAILS = List.of(
            "}", // no name
            ",\"name\":\"Half a place\",\"office_latitude\":48.85}",
            ",\"name\":\"Text for a number\",\"office_latitude\":\"48.85\",\"office_longitude\":\"2.35\"}",
            ",\"name\":\"Swapped\",\"office_latitude\":139.65,\"office_longitude\":35.67}",
            ",\"name\":\"Cut in the mid",
            ",\"name\":\"Some day\",\"published_at\":\"yesterday\"}",
            ",\"name\":\"First\",\"name\":\"Second\"}",
            ",\"name\":\"Bell \\u0007\"}",
            ",\"name\":\"Two in one\"}{\"id\":\"other\"}",
            ",\"name\":\"Long ago\",\"published_at\":\"1970-01-01T00:00:00Z\"}",
            ",\"name\":\"Half an emoji \\ud83d\"}",
            ",\"name\":\" \",\"profession_id\":201}",
            ",\"name\":\"Not a number\",\"office_latitude\":NaN,\"office_longitude\":0}",
            ",\"name\":\"Named profession\",\"profession_id\":\"Nursing\"}");

    static final int KINDS = TAILS.size();

    private int next;

    /** The next kind, for this offer. */
    String next(StringBuilder line, String id) {
        return JsonLine.begin(line, id).append(TAILS.get(next++ % KINDS)).toString();
    }
}
