/**
 * The contract between the topology and its sinks. At-least-once delivery, sinks that compare versions or offsets:
 * replays, any order of arrival and zombie workers converge to the same state.
 */
package org.offerstorm.core.sink;
