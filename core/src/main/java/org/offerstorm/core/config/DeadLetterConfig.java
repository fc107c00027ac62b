package org.offerstorm.core.config;

import java.io.Serializable;
import java.util.Map;

/**
 * Where refused records go.
 *
 * @param topic topic of the dead letters
 * @param properties further producer properties
 */
public record DeadLetterConfig(String topic, Map<String, String> properties) implements Serializable {}
