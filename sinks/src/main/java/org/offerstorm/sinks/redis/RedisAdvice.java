package org.offerstorm.sinks.redis;

import org.offerstorm.core.check.TlsAdvice;

/** Explains what to do about a Redis that answers, but not as it should. */
public final class RedisAdvice {
    private RedisAdvice() {}

    /** One clause for people; null if the server did not answer at all, or if the error is unknown. */
    public static String of(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (t instanceof NoMasterException noMaster) {
                return noMaster.fix();
            }
        }
        String text = RedisConnection.describe(error);
        String tls = TlsAdvice.of(error, "redis.uri", "write redis:// in place of rediss://");
        if (tls != null) {
            return tls;
        }
        if (text.contains("Unknown reply")) {
            return "the server there is not Redis; correct the port";
        }
        if (text.contains("Unexpected end of stream")
                || text.contains("Connection reset")
                || text.contains("Broken pipe")) {
            return "it closed the connection: it requires TLS (write rediss:// in place of redis://), or with rediss:// a"
                    + " client certificate (key-store in redis.tls or security.tls), or it is not Redis";
        }
        if (text.contains("Read timed out")) {
            return "it took the connection and did not answer: is it a Redis, and does TLS fit (rediss:// with it, redis://"
                    + " without)?";
        }
        if (text.contains("WRONGPASS") || text.contains("invalid password")) {
            return "user or password is wrong; correct redis://user:password@host:port (special characters"
                    + " percent-encoded, a user of Redis' ACL or none)";
        }
        if (text.contains("without any password configured")) {
            return "that Redis has no password; leave it out of the address";
        }
        if (text.contains("NOAUTH")) {
            return "it requires a password: redis://:password@host:port";
        }
        if (text.contains("NOPERM")) {
            return "the user may not do that; let it with ACL SETUSER, for the keys and commands of Offerstorm";
        }
        if (text.contains("DB index is out of range")) {
            return "it has no such database; correct the number at the end of the address";
        }
        if (text.contains("LOADING")) {
            return "it is still loading its data; try again in a moment";
        }
        return null;
    }
}
