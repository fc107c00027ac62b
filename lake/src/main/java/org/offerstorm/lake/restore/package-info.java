/**
 * What the lake makes possible: a store is filled from it, and the topic need not be kept forever.
 *
 * <p>Invariant: a store covers the lake's offsets only after every current offer was written to it, no record is deleted
 * from the topic that is not verified to be in the lake, acked by every sink, and read by every other consumer group, and no
 * staged file before all that is staged was found in the lake.
 */
package org.offerstorm.lake.restore;
