/** A topology on a Storm cluster: planned, submitted, watched, drained, ended. The commands of {@code cli} call it. */
package org.offerstorm.topology.operate;
