/**
 * What travels: raw records and changes of offers, in immutable chunks.
 *
 * <pre>
 *   Chunk&lt;SourceRecord&gt;  ── parse ──▶  Chunk&lt;Change&gt;  ── classify ──▶  Chunk&lt;Change&gt; with cells  ──▶  sinks
 *        │                                 │
 *        └── ChunkHeader (source, slot, ranges, floors): the same object from the spout to every sink
 * </pre>
 */
package org.offerstorm.core.model;
