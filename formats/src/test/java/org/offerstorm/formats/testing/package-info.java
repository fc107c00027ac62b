/**
 * A schema registry for tests, with the answers that Confluent's documentation gives; a real one is too large for them. What
 * is in the wire format is written by Avro's own encoder.
 *
 * <p>Invariant: it listens only on 127.0.0.1.
 */
package org.offerstorm.formats.testing;
