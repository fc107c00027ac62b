package org.offerstorm.tools.inspect;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Finds the delimiter of a CSV: the one by which most rows have as many cells as the header. */
final class DelimiterGuess {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int ROWS = 100;
    private static final int START = 1 << 20;

    private DelimiterGuess() {}

    /** @param tabbed whether the name says that it is a tab */
    static char of(String text, boolean tabbed) {
        if (tabbed) {
            return '\t';
        }
        String start = text.substring(0, Math.min(START, text.length()));
        char best = ',';
        double bestScore = 0;
        for (char candidate : CANDIDATES) {
            double score = score(start, candidate);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /** The share of rows like the header, times a little more for each of its columns; 0 for a single column. */
    private static double score(String text, char delimiter) {
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
        int columns = 0;
        int rows = 0;
        int alike = 0;
        try (CSVParser csv = format.parse(new StringReader(text))) {
            for (CSVRecord row : csv) {
                boolean declaration = row.size() == 1 && row.get(0).matches("(?i)sep=.?");
                if (columns == 0) {
                    columns = declaration ? 0 : row.size();
                } else if (++rows <= ROWS) {
                    alike += row.size() == columns ? 1 : 0;
                } else {
                    break;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Quotes that do not fit this delimiter, or the end of the text that is looked at: what was read counts.
            alike = Math.max(0, alike - 1);
        }
        return columns < 2 ? 0 : (rows == 0 ? 1 : (double) alike / Math.min(rows, ROWS)) * (1 + columns / 1000.0);
    }
}
