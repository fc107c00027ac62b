/**
 * The contract between the topology and its sinks. At-least-once delivery, sinks that compare versions or offsets:
 * replays, any order of arrival and zombie workers converge to the same state.
 *
 * <p>Invariant: an outage is a {@link org.offerstorm.core.sink.WriteResult.Retryable}, never an exception and never a
 * dead letter; {@link org.offerstorm.core.sink.WriteResult.Done} means durable, apart from what it rejects.
 */
package org.offerstorm.core.sink;
