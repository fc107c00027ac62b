package org.offerstorm.topology.config;

/** The configuration cannot be used. The message says where and why, for the person who wrote it. */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }
}
