package org.offerstorm.core.sink;

/** Which task of a sink writes a chunk. */
public enum Routing {
    /** Any task; one of the same worker if there is one. */
    ANY,
    /** The task of the chunk's slot, so that each slot has one writer. */
    BY_SLOT
}
