package org.offerstorm.lake.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.offerstorm.lake.batch.OfferColumns;
import org.offerstorm.lake.batch.OffsetVector;

/**
 * Of all rows of the history below some offsets, by partition: how many there are, and two sums of 64-bit hashes of all that was
 * staged of each. It names the columns, because a later version may have more, which must then be empty.
 *
 * <p>Text: {@code epoch,partition,…|0:COUNT:SUM:SUM|3:COUNT:SUM:SUM}.
 */
public final class RowsDigest {
    private static final int EPOCH_BITS = 48;
    private static final String SEPARATOR = "|";

    private final SparkSession spark;
    private final String history;

    /** @param history SQL's name of a snapshot */
    public RowsDigest(SparkSession spark, String history) {
        this.spark = spark;
        this.history = history;
    }

    /** With the columns of this version. */
    public String of(OffsetVector below) {
        return of(below, OfferColumns.types().keySet());
    }

    /** Number of rows that a digest is of. */
    public static long rows(String digest) {
        return partitions(digest).values().stream()
                .mapToLong(sums -> Long.parseLong(sums.split(":", 2)[0]))
                .sum();
    }

    /** Compares the history with a digest. */
    LakeVerification.Finding compare(OffsetVector below, String digest) {
        String columns = digest.substring(0, digest.indexOf(SEPARATOR));
        Map<String, String> must = partitions(digest);
        Map<String, String> is = partitions(of(below, Set.of(columns.split(",", -1))));
        List<String> wrong = new ArrayList<>();
        must.forEach((partition, sums) -> {
            if (!sums.equals(is.get(partition))) {
                wrong.add("partition " + partition + " has other rows than when their files were deleted");
            }
        });
        is.keySet().stream()
                .filter(partition -> !must.containsKey(partition))
                .forEach(partition -> wrong.add("partition " + partition + " has rows that were in no file"));
        return new LakeVerification.Finding(
                "rows whose files were deleted", rows(digest), wrong.size(), wrong.isEmpty() ? null : wrong.get(0));
    }

    /** SQL's condition for the rows that the offsets include; columns {@code version} and {@code partition}. */
    static String condition(OffsetVector below, String alias) {
        String ofPartition = below.next().entrySet().stream()
                .map(next -> " WHEN " + next.getKey() + " THEN " + next.getValue() + "L")
                .collect(Collectors.joining());
        long first = (long) below.epoch() << EPOCH_BITS;
        String version = alias + "version";
        String inEpoch = ofPartition.isEmpty()
                ? "false"
                : version + " < " + first + "L + CASE " + alias + "partition" + ofPartition + " ELSE 0L END";
        return "(" + version + " < " + first + "L OR " + inEpoch + ")";
    }

    private String of(OffsetVector below, Set<String> columns) {
        Map<String, DataType> known = new LinkedHashMap<>(OfferColumns.types());
        String args = known.entrySet().stream()
                .filter(column -> columns.contains(column.getKey()))
                .map(RowsDigest::hashable)
                .collect(Collectors.joining(", "));
        String names = known.keySet().stream().filter(columns::contains).collect(Collectors.joining(","));
        String later = known.keySet().stream()
                .filter(column -> !columns.contains(column))
                .map(column -> column + " IS NOT NULL")
                .collect(Collectors.joining(" OR "));
        StringBuilder text = new StringBuilder(names);
        for (Row row : spark.sql("SELECT partition, count(*) + "
                        + (later.isEmpty() ? "0L" : "count_if(" + later + ")") + ", " + sum("0", args) + ", "
                        + sum("1", args) + " FROM " + history + " WHERE " + condition(below, "")
                        + " GROUP BY partition ORDER BY partition")
                .collectAsList()) {
            text.append(SEPARATOR)
                    .append(row.getInt(0))
                    .append(':')
                    .append(row.getLong(1))
                    .append(':')
                    .append(row.getString(2))
                    .append(':')
                    .append(row.getString(3));
        }
        return text.append(SEPARATOR).toString();
    }

    private static String sum(String seed, String args) {
        return "CAST(sum(CAST(xxhash64(" + seed + ", " + args + ") AS DECIMAL(38, 0))) AS STRING)";
    }

    /** A column that is empty does not change a hash, so that is said separately. */
    private static String hashable(Map.Entry<String, DataType> column) {
        String name = column.getKey();
        String value = name;
        if (column.getValue() instanceof MapType) {
            value = "to_json(sort_array(map_entries(" + name + ")))";
        } else if (column.getValue().equals(DataTypes.TimestampType)) {
            value = "unix_micros(" + name + ")";
        }
        return value + ", " + name + " IS NULL";
    }

    private static Map<String, String> partitions(String digest) {
        Map<String, String> partitions = new LinkedHashMap<>();
        String[] parts = digest.split("[|]", -1);
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty()) {
                String[] words = parts[i].split(":", 2);
                partitions.put(words[0], words[1]);
            }
        }
        return partitions;
    }
}
