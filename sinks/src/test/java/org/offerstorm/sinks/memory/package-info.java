/** A sink in memory that passes the contract suite: for tests of the code around a sink. */
package org.offerstorm.sinks.memory;
