package org.offerstorm.tools.deadletters;

import java.util.Arrays;
import org.offerstorm.core.parse.Limits;
import org.offerstorm.sinks.deadletter.StoredLetter;

/**
 * A letter as a list shows it, without its value.
 *
 * @param key raw key, at most its first {@value Limits#KEY_BYTES} bytes; null if the record had none
 * @param keyBytes its full length; -1: none
 * @param valueBytes length of the value; -1: none, the record was a deletion
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LetterRow(
        LetterPosition position,
        long refusedAtMillis,
        long recordMillis,
        String stage,
        String reason,
        String detail,
        byte[] key,
        int keyBytes,
        int valueBytes) {
    static LetterRow of(StoredLetter stored) {
        byte[] key = stored.letter().key();
        byte[] value = stored.letter().value();
        return new LetterRow(
                LetterPosition.of(stored),
                stored.refusedAtMillis(),
                stored.position().timestampMillis(),
                stored.stage(),
                stored.reason(),
                stored.letter().detail(),
                key == null || key.length <= Limits.KEY_BYTES ? key : Arrays.copyOf(key, Limits.KEY_BYTES),
                key == null ? -1 : key.length,
                value == null ? -1 : value.length);
    }
}
