/**
 * What every sink must do, as one abstract test class, and a builder for the chunks that tests need. Shipped in the
 * test-jar, so that a sink of one's own can pass it too.
 */
package org.offerstorm.sinks.contract;
