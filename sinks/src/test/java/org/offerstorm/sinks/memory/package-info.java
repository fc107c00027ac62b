/** A sink in memory that passes the contract suite: for tests of what stands around a sink. */
package org.offerstorm.sinks.memory;
