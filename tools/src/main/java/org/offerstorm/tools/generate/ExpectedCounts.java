package org.offerstorm.tools.generate;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.offerstorm.core.model.Cell;
import org.offerstorm.core.model.Continent;

/** The table that must come out of a stream, by plain addition of what the generator says of each event. One thread. */
public final class ExpectedCounts {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private final Map<String, Map<Continent, Long>> counts = new TreeMap<>();

    /** Adds an event; in the order of the stream. */
    public void add(Event event) {
        add(event.before(), -1);
        add(event.after(), 1);
    }

    /** Live offers: the sum of all cells. */
    public long total() {
        return counts.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Writes {@code category,continent,count}, ordered, without empty cells; lines end with a line feed. */
    public void write(Appendable out) throws IOException {
        CSVPrinter csv = new CSVPrinter(out, FORMAT);
        csv.printRecord("category", "continent", "count");
        for (Map.Entry<String, Map<Continent, Long>> row : counts.entrySet()) {
            for (Map.Entry<Continent, Long> cell : row.getValue().entrySet()) {
                if (cell.getValue() != 0) {
                    csv.printRecord(row.getKey(), cell.getKey().name(), cell.getValue());
                }
            }
        }
        csv.flush();
    }

    private void add(Cell cell, long n) {
        if (cell != null) {
            counts.computeIfAbsent(cell.category(), c -> new EnumMap<>(Continent.class))
                    .merge(cell.continent(), n, Long::sum);
        }
    }
}
