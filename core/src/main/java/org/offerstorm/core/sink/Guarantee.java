package org.offerstorm.core.sink;

/**
 * What a sink promises, in words for people; {@code plan} prints it.
 *
 * @param acked a chunk is acked when …
 * @param after what the store holds after a crash, a replay or an outage
 */
public record Guarantee(String acked, String after) {}
