package org.offerstorm.sinks.redis;

import redis.clients.jedis.exceptions.JedisConnectionException;

/** The Sentinels name no master now, or one that is not to be written to. */
final class NoMasterException extends JedisConnectionException {
    private static final long serialVersionUID = 1L;

    private final String fix;

    /** @param fix what to do, one clause for people */
    NoMasterException(String message, String fix, Throwable cause) {
        super(message, cause);
        this.fix = fix;
    }

    String fix() {
        return fix;
    }
}
