package org.offerstorm.core.geo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The hand-written CSV tables next to this class. */
final class Tables {
    private Tables() {}

    static List<CSVRecord> read(String name) throws IOException {
        try (InputStream in = Tables.class.getResourceAsStream(name)) {
            return read(in);
        }
    }

    static List<CSVRecord> read(InputStream in) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new InputStreamReader(in, StandardCharsets.UTF_8))
                .getRecords();
    }
}
