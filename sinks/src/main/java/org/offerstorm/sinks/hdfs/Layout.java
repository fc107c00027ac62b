package org.offerstorm.sinks.hdfs;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Names of everything below the sink's directory. Paths carry no host or port: they outlive a NameNode's address. */
record Layout(Path root) {
    static final String SUFFIX = ".avro";
    /** A copy of the whole blocks of a torn file, not yet complete; ignored by readers. */
    static final String SALVAGE_SUFFIX = ".salvage";

    private static final LocalDate FIRST_DATE = LocalDate.EPOCH;
    private static final LocalDate LAST_DATE = LocalDate.of(9999, 12, 31);
    private static final long LAST_MILLIS =
            LAST_DATE.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - 1;
    private static final Pattern CLAIM = Pattern.compile("(\\d{1,9})\\.claim");
    private static final Pattern GENERATION = Pattern.compile("(\\d{1,9})\\.properties");
    private static final Pattern ATTEMPT = Pattern.compile("\\d{1,9}");
    private static final Pattern SLOT = Pattern.compile("s(\\d{1,9})");

    static Layout of(String directory) {
        return new Layout(new Path(directory));
    }

    Path streams() {
        return new Path(root, "_stream");
    }

    Path stream(int generation) {
        return new Path(streams(), generation + ".properties");
    }

    Path temporary() {
        return new Path(root, "_tmp");
    }

    Path open() {
        return new Path(root, "_open");
    }

    Path open(int slot) {
        return new Path(open(), "s" + slot);
    }

    Path claim(int slot, int attempt) {
        return new Path(open(slot), attempt + ".claim");
    }

    Path attempt(int slot, int attempt) {
        return new Path(open(slot), Integer.toString(attempt));
    }

    Path working(int slot, int attempt, int sequence) {
        return new Path(attempt(slot, attempt), "s" + slot + "-" + attempt + "-" + sequence + SUFFIX);
    }

    Path recover() {
        return new Path(root, "_recover");
    }

    Path recover(int slot) {
        return new Path(recover(), "s" + slot);
    }

    /** Files that hold something, and no whole block; nothing is read from there. */
    Path damaged() {
        return new Path(root, "_damaged");
    }

    /** Says which rows are not here any more, because the lake has them. */
    Path merged() {
        return new Path(root, "_merged");
    }

    Path offers() {
        return new Path(root, "offers");
    }

    Path finished(LocalDate date, String name) {
        return new Path(new Path(offers(), finished(date)), name);
    }

    /** Name of the directory of a date. */
    static String finished(LocalDate date) {
        return "dt=" + date;
    }

    /**
     * The date directory of a record: its timestamp's date in UTC. Before 1970 (Kafka's "no timestamp" is -1) and after
     * 9999 it is the nearest date that tools can read; the row keeps the true timestamp.
     */
    static LocalDate dateOf(long timestampMillis) {
        if (timestampMillis < 0) {
            return FIRST_DATE;
        }
        if (timestampMillis > LAST_MILLIS) {
            return LAST_DATE;
        }
        return LocalDate.ofInstant(Instant.ofEpochMilli(timestampMillis), ZoneOffset.UTC);
    }

    /** The generation that a file's name in {@link #streams()} means. */
    static OptionalInt generationOf(String name) {
        return number(GENERATION, name, 1);
    }

    /** The attempt that a claim's name means. */
    static OptionalInt claimed(String name) {
        return number(CLAIM, name, 1);
    }

    /** The attempt that a directory's name means. */
    static OptionalInt attemptOf(String name) {
        return number(ATTEMPT, name, 0);
    }

    /** The slot that a directory's name means. */
    static OptionalInt slotOf(String name) {
        return number(SLOT, name, 1);
    }

    private static OptionalInt number(Pattern pattern, String name, int group) {
        Matcher matcher = pattern.matcher(name);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(group))) : OptionalInt.empty();
    }
}
