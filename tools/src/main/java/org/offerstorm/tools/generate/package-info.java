/**
 * Invents job offers: a seeded, endless, deterministic stream for the samples in test-data/ and for load tests, with
 * the table that must result from it. Memory does not grow with the stream.
 *
 * <p>Invariant: the same seed and options give the same bytes.
 */
package org.offerstorm.tools.generate;
