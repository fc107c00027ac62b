package org.offerstorm.core.model;

/**
 * Every record of the partition below {@code offset} is durable in all sinks (or in the dead letters).
 */
public record Floor(int partition, long offset) {}
