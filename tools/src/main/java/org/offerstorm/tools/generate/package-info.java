/**
 * Makes job offers up: a seeded, endless, deterministic stream of them for the samples in test-data/ and for load tests,
 * with the table that must come out. Memory does not grow with the stream.
 */
package org.offerstorm.tools.generate;
