package org.offerstorm.core.mapping;

import java.io.Serializable;

/**
 * How a file of the data set is laid out, where its first bytes do not say so. A topic's records need none of it.
 *
 * @param records where the array of records is in a JSON file; null: at the top, or one record on each line
 * @param encoding name of the character encoding of a text file; null: UTF-8
 * @param delimiter between the cells of a CSV file; 0: a comma
 */
public record FileLayout(Pointer records, String encoding, char delimiter) implements Serializable {
    public static final FileLayout USUAL = new FileLayout(null, null, (char) 0);
}
