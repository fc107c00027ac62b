/**
 * The pipeline as its workers report it: each step with its rate, its latency and why it holds, and the last day. One
 * thread asks the workers and makes immutable values, which any thread may read.
 *
 * <p>Invariant: the workers are asked once every two seconds, regardless of the number of viewers.
 */
package org.offerstorm.dashboard.pipeline;
