/**
 * What travels: raw records and changes of offers, in immutable chunks.
 *
 * <pre>
 *   Chunk&lt;SourceRecord&gt;  ── parse ──▶  Chunk&lt;Change&gt;  ── classify ──▶  Chunk&lt;Change&gt; with cells  ──▶  sinks
 *        │                                 │
 *        └── ChunkHeader (source, slot, ranges, floors): the same object from the spout to every sink
 * </pre>
 *
 * <p>Invariant: nothing here changes after its construction, so several bolts may read a chunk at once.
 */
package org.offerstorm.core.model;
