package org.offerstorm.local.trials.bench;

import java.util.concurrent.atomic.AtomicInteger;
import org.offerstorm.core.model.Change;
import org.offerstorm.core.model.Chunk;

/** A chunk in the plain loop, and how many sinks have not written it yet. */
record PlacedChunk(Chunk<Change> chunk, AtomicInteger missing) {}
