/**
 * A topology on a Storm cluster: planned, submitted, watched, drained, ended. The commands of {@code cli} call it.
 *
 * <p>Invariant: no topology is submitted under a name or a consumer group that another one uses.
 */
package org.offerstorm.topology.operate;
