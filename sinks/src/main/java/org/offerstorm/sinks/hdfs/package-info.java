/**
 * The log in HDFS: Avro files by date that hold every accepted version of every offer, each exactly once.
 *
 * <pre>
 *   &lt;directory&gt;/
 *     _stream/&lt;g&gt;.properties            identity of the stream (group, topic, epoch, partitions, slots), by generation
 *     _open/s&lt;slot&gt;/&lt;n&gt;.claim          attempt n owns the slot until a higher claim exists
 *     _open/s&lt;slot&gt;/&lt;n&gt;/s&lt;slot&gt;-&lt;n&gt;-&lt;seq&gt;.avro      files being written; their metadata hold the coverage before them
 *     _recover/s&lt;slot&gt;/s&lt;k&gt;-&lt;n&gt;/…          files of attempts that ended without finishing them
 *     _damaged/                        files of which no row can be read, for people to look at
 *     _tmp/                            texts on their way to _stream and to claims
 *     offers/dt=YYYY-MM-DD/s&lt;slot&gt;-&lt;n&gt;-&lt;seq&gt;.avro    finished files; may be compacted away at any time
 * </pre>
 *
 * <pre>
 *   HdfsSink ── one SlotWriter for each slot ─┬─ Recovery   claim, fence, wait, recover leases, scan, own header, publish
 *                                             └─ Attempt    open files, coverage, rolling
 * </pre>
 *
 * <p>Invariant: a row is acknowledged only after an hsync of its block, and no finished file is ever overwritten.
 */
package org.offerstorm.sinks.hdfs;
