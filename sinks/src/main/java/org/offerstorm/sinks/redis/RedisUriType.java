package org.offerstorm.sinks.redis;

import java.util.Set;
import java.util.regex.Pattern;
import org.offerstorm.core.option.UriType;
import org.offerstorm.core.option.ValueType;
import org.offerstorm.core.secret.Secrets;

/** Values of {@code redis.uri}. Its messages never quote them: they may hold a password. */
record RedisUriType() implements ValueType<String> {
    /** What is said of the address of a Redis Cluster. */
    static final String NO_CLUSTER =
            "is the address of a Redis Cluster, which cannot be used: all keys are in one slot, so"
                    + " it would share no work. For a Redis that may fail write " + SentinelUri.FORM
                    + "; otherwise redis://host:port";

    private static final UriType ONE = new UriType(
            "redis://[user:password@]host:port[/database], or rediss:// for TLS",
            Set.of("redis", "rediss"),
            true,
            true,
            Pattern.compile("/?|/\\d{1,4}"));
    private static final Pattern CLUSTER = Pattern.compile("(?i)rediss?[-+]cluster:.*", Pattern.DOTALL);

    @Override
    public String parse(String text) {
        if (isCluster(text)) {
            throw new IllegalArgumentException(NO_CLUSTER);
        }
        if (!SentinelUri.is(text)) {
            return ONE.parse(text);
        }
        SentinelUri.parse(Secrets.replaceReferences(text, "x"));
        return text;
    }

    /** Whether the text is meant for a Redis Cluster. */
    static boolean isCluster(String text) {
        return CLUSTER.matcher(text).matches();
    }

    @Override
    public String allowed() {
        return ONE.form() + "; or " + SentinelUri.FORM + ", rediss-sentinel:// for TLS";
    }

    @Override
    public boolean takesReferences() {
        return true;
    }
}
