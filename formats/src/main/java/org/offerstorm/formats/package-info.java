/**
 * The parsers of all data sets: one for JSON is core's alone, one for Avro turns each
 * value into JSON before it.
 *
 * <p>Invariant: a worker and a tool get their parsers here, so both judge a record alike.
 */
package org.offerstorm.formats;
