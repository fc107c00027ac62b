/**
 * Test kit for topologies, shipped as a test-jar: {@link org.offerstorm.bolts.testing.TopologyDriver} runs a whole
 * StormTopology in the test's own thread, {@link org.offerstorm.bolts.testing.RecordingCollector} drives a single bolt.
 */
package org.offerstorm.bolts.testing;
