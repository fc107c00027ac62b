/**
 * Values in Avro, in the wire format of a schema registry, and the registry's client.
 *
 * <pre>
 *   0 | schema's id, 4 bytes | record ─▶ Schemas ─▶ RegistryClient      the writer's schema, kept once it is known
 *                                └─────▶ AvroDecoder                    the record's bytes by this schema ─▶ tree
 * </pre>
 *
 * <p>The decoder is written by hand, over Avro's own schemas: Avro's reader allocates what a length in the data claims, and
 * its limits hold for a whole JVM.
 *
 * <p>Invariant: nothing is allocated by a length or a count that the remaining bytes and the limits do not allow.
 */
package org.offerstorm.formats.avro;
