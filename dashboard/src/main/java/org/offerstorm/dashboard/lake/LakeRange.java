package org.offerstorm.dashboard.lake;

import java.time.Instant;

/**
 * Of which time the lake knows anything.
 *
 * @param offsets up to which records it holds: epoch, and partition:offset
 * @param publishedAt when that was published
 * @param first when the first version of an offer began; null if there is none
 */
public record LakeRange(String offsets, Instant publishedAt, Instant first) {}
