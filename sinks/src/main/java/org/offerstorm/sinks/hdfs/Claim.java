package org.offerstorm.sinks.hdfs;

/**
 * An attempt's right to a slot, until a higher claim exists.
 *
 * @param generation generation of the stream in which it was made
 * @param attempt number of the attempt, from 1
 */
record Claim(Layout layout, int generation, int slot, int attempt) {}
