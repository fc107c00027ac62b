package org.offerstorm.sinks.changes;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.offerstorm.core.model.Cell;

/** The table category × continent as consumers of the topic of changes have it: the newest count of each key. One thread. */
public final class ChangesCounts {
    private final ChangesReader reader;

    /**
     * Does not connect.
     *
     * @param servers brokers of the topic, {@code host:port,…}
     */
    public ChangesCounts(ChangesConfig config, String servers) {
        this.reader = new ChangesReader(config, servers);
    }

    /**
     * Live offers of each cell, in the order of the cells' keys; cells without offers are absent. Reads all of the topic.
     *
     * @throws IOException if it cannot be read now, or if a record in it is not a change
     */
    public Map<Cell, Long> read() throws IOException {
        TreeMap<String, ChangeRecord> newest = new TreeMap<>();
        try {
            reader.forEach(record -> {
                try {
                    ChangeRecord change = ChangeRecord.parse(record.value());
                    newest.put(change.cell().key(), change);
                } catch (IllegalArgumentException e) {
                    throw new NotAChange(record.offset(), e);
                }
            });
        } catch (NotAChange e) {
            throw new IOException(
                    reader.place() + ": the record at offset " + e.offset + " is not a change: it "
                            + e.getCause().getMessage() + "; find who else writes there",
                    e);
        }
        Map<Cell, Long> counts = new LinkedHashMap<>();
        for (ChangeRecord change : newest.values()) {
            if (change.count() > 0) {
                counts.put(change.cell(), change.count());
            }
        }
        return counts;
    }

    /** Where it reads, for messages: topic and brokers. */
    public String place() {
        return reader.place();
    }

    private static final class NotAChange extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long offset;

        NotAChange(long offset, IllegalArgumentException cause) {
            super(cause);
            this.offset = offset;
        }
    }
}
