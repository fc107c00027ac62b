package org.offerstorm.sinks.hdfs;

import java.time.LocalDate;
import org.apache.hadoop.fs.Path;

/**
 * What a scan found in a file that an earlier attempt left.
 *
 * @param date date of its first row; null if it has none
 * @param torn whether it has bytes that belong to no whole block
 * @param empty whether no row in it can have been acknowledged
 */
record Recovered(Path path, LocalDate date, boolean torn, boolean empty) {}
