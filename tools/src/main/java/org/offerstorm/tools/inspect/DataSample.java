package org.offerstorm.tools.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.offerstorm.tools.produce.FileRecord;
import org.offerstorm.tools.produce.InputFormat;
import org.offerstorm.tools.produce.RecordFile;

/**
 * The first records of a file, or some of a topic.
 *
 * @param records each a JSON object in UTF-8, not checked yet
 * @param keys of a topic's records, null where one has none; null: they are of a file
 * @param unreadable what is not a record, with its line; at most some
 * @param unreadableCount how many, also of those not listed
 * @param whole whether these are all records
 * @param form for people
 */
public record DataSample(
        List<byte[]> records,
        List<String> keys,
        List<String> unreadable,
        long unreadableCount,
        boolean whole,
        String form) {
    /** Of what is kept, so that large records do not fill the memory. */
    static final long MAX_BYTES = 128L << 20;

    private static final int LISTED = 5;

    public DataSample {
        records = List.copyOf(records);
        keys = keys == null ? null : Collections.unmodifiableList(new ArrayList<>(keys)); // some may be null
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Reads the first records of a file.
     *
     * @throws IOException if the file is not what its layout says, or cannot be read
     */
    public static DataSample of(Path file, Detection detection, int limit) throws IOException {
        try (RecordFile source = RecordFile.open(file, detection.layout(), InputFormat.AUTO)) {
            List<byte[]> records = new ArrayList<>();
            List<String> unreadable = new ArrayList<>();
            long skipped = 0;
            long bytes = 0;
            FileRecord next = source.next();
            while (next != null && records.size() < limit && bytes < MAX_BYTES) {
                if (next instanceof FileRecord.Value value) {
                    records.add(value.json());
                    bytes += value.json().length;
                } else if (next instanceof FileRecord.Unreadable bad) {
                    skipped++;
                    if (unreadable.size() < LISTED) {
                        unreadable.add("line " + bad.line() + ": " + bad.why());
                    }
                }
                next = source.next();
            }
            return new DataSample(records, null, unreadable, skipped, next == null, form(source));
        }
    }

    private static String form(RecordFile source) {
        return switch (source.form()) {
            case CSV -> "CSV, delimiter " + delimiter(source.layout().delimiter());
            case JSON_LINES -> "NDJSON, a record a line";
            case JSON ->
                source.layout().records() == null
                        ? "JSON, an array of records"
                        : "JSON, records in the array " + source.layout().records();
        };
    }

    private static String delimiter(char delimiter) {
        return switch (delimiter) {
            case '\t' -> "tab";
            case ',' -> "comma";
            case ';' -> "semicolon";
            default -> "'" + delimiter + "'";
        };
    }
}
