/**
 * One offer's way through the stream ({@code trace}): its records in the topic, what the parser says of them, its dead letters, and
 * what each store holds.
 *
 * <p>Invariant: nothing is written, and of a topic only known offsets and a bounded tail are read, unless the user asks for all.
 */
package org.offerstorm.tools.trace;
