package org.offerstorm.sinks.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Names of all keys in Redis, in this one place. They share one hash tag, so that a cluster keeps them in one slot and a
 * script may touch them all. Immutable.
 */
public final class RedisKeys {
    /** Version of the layout; another one in the store holds the stream. */
    public static final String FORMAT = "1";

    /** Cells that can be numbered, in two bytes; conf/redis/apply-chunk.lua has the same. Numbers are never used again. */
    static final int MAX_CELLS = 65_535;
    /** What an operator does before, or when, they are used up. */
    static final String FEWER_CELLS =
            "use broader categories in topology.professions, then kill --drain, delete the keys of redis.tag, and submit:"
                    + " the topic is counted again, and only cells in use are numbered";

    private final String prefix;

    /** @param tag non-empty, without braces */
    public RedisKeys(String tag) {
        Objects.requireNonNull(tag, "tag");
        if (tag.isEmpty() || tag.indexOf('{') >= 0 || tag.indexOf('}') >= 0) {
            throw new IllegalArgumentException("redis.tag is '" + tag + "'; it must be some text without braces");
        }
        this.prefix = "{" + tag + "}:";
    }

    /** Whether so many cells call for a word to the operator, who still has time to act. */
    static boolean nearlyFull(long cells) {
        return cells >= MAX_CELLS / 5 * 4;
    }

    /** What all keys begin with. */
    public String prefix() {
        return prefix;
    }

    /** Hash: identity of the source, format, number of buckets. */
    public String meta() {
        return prefix + "meta";
    }

    /** Hash: cell key → live offers. */
    public String counts() {
        return prefix + "counts";
    }

    /** Hash: partition → offset below which everything is counted. */
    public String coverage() {
        return prefix + "coverage";
    }

    /** Hash: partition → ranges beyond the coverage. */
    public String parked() {
        return prefix + "parked";
    }

    /** Hash: cell key → cell number. */
    public String cells() {
        return prefix + "cells";
    }

    /** Hash: cell number → cell key. */
    public String cellNames() {
        return prefix + "cell-names";
    }

    /** Stream: the differences that each chunk made. */
    public String changes() {
        return prefix + "changes";
    }

    /** Hash: new, corrected, deleted in that minute since 1970. */
    public String rate(long minute) {
        return prefix + "rate:" + minute;
    }

    /** Hash: a state bucket. */
    public String state(long bucket) {
        return prefix + "s:" + bucket;
    }

    /** In the order that the script expects. */
    List<byte[]> ofScript() {
        return List.of(
                bytes(meta()),
                bytes(counts()),
                bytes(coverage()),
                bytes(parked()),
                bytes(cells()),
                bytes(cellNames()),
                bytes(changes()));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
