package org.offerstorm.core.sink;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.offerstorm.core.model.Source;

/**
 * What a health check compares the store with.
 *
 * @param group the consumer group
 * @param slots number of spout tasks
 * @param source the stream that is to be stored; empty if it is not known. May take some seconds
 * @param clock the time
 */
public record HealthContext(String group, int slots, Supplier<Optional<Source>> source, InstantSource clock) {}
