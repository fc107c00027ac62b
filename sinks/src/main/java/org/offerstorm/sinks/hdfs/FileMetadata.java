package org.offerstorm.sinks.hdfs;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;

/**
 * What a file's Avro metadata says about the time before its first row.
 *
 * @param slot slot whose writer made the file
 * @param generation generation of the stream, see {@link Streams}
 * @param coverage all that was durable when the file was made
 * @param zeros before the number of the slot, for a header of the right length
 */
record FileMetadata(int slot, int generation, Coverage coverage, int zeros) {
    private static final String SLOT = "offerstorm.slot";
    private static final String GENERATION = "offerstorm.generation";
    private static final String COVERAGE = "offerstorm.coverage";

    /** Names of the metadata. */
    static final Set<String> KEYS = Set.of(SLOT, GENERATION, COVERAGE);

    private static final Pattern BEGINNING = Pattern.compile("[0-9;: -]*");

    FileMetadata(int slot, int generation, Coverage coverage) {
        this(slot, generation, coverage, 0);
    }

    /**
     * The same, with zeros by which a header ends at a multiple of some bytes.
     *
     * @param length of a header with this
     */
    FileMetadata lengthened(int length, int alignment) {
        int text = Integer.toString(slot).length();
        int more = 0;
        while ((length - Varint.length(text) + Varint.length(text + more) + more) % alignment != 0) {
            more++;
        }
        return new FileMetadata(slot, generation, coverage, more);
    }

    void writeTo(DataFileWriter<?> writer) {
        writer.setMeta(SLOT, "0".repeat(zeros) + slot);
        writer.setMeta(GENERATION, Integer.toString(generation));
        writer.setMeta(COVERAGE, coverage.encode());
    }

    /** Whether a value may begin so: numbers, and what a {@link Coverage} puts between them. */
    static boolean mayHold(String beginning) {
        return BEGINNING.matcher(beginning).matches();
    }

    /**
     * Null if the file was not made by this sink.
     *
     * @throws IllegalArgumentException if the metadata cannot be read
     */
    static FileMetadata of(DataFileStream<?> reader) {
        String slot = reader.getMetaString(SLOT);
        String generation = reader.getMetaString(GENERATION);
        String coverage = reader.getMetaString(COVERAGE);
        if (slot == null || generation == null || coverage == null) {
            return null;
        }
        return new FileMetadata(Integer.parseInt(slot), Integer.parseInt(generation), Coverage.decode(coverage));
    }
}
