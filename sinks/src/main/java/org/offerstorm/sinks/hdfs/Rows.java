package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.fs.Path;

/** Compares files by the records that they hold. */
final class Rows {
    private Rows() {}

    /** Whether every row of {@code file} is in {@code other}. */
    static boolean areAllIn(LogFiles files, Path file, Path other) throws IOException {
        Map<Integer, Coverage> held = new HashMap<>();
        try (BlockReader reader = BlockReader.open(files, other)) {
            List<GenericRecord> rows;
            while ((rows = reader.next()) != null) {
                for (GenericRecord row : rows) {
                    long offset = OfferSchema.offset(row);
                    held.computeIfAbsent(OfferSchema.epoch(row), Coverage::new)
                            .add(OfferSchema.partition(row), offset, offset + 1);
                }
            }
        }
        try (BlockReader reader = BlockReader.open(files, file)) {
            List<GenericRecord> rows;
            while ((rows = reader.next()) != null) {
                for (GenericRecord row : rows) {
                    Coverage coverage = held.get(OfferSchema.epoch(row));
                    if (coverage == null || !coverage.has(OfferSchema.partition(row), OfferSchema.offset(row))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
