/**
 * What tests of several modules do to a real server: a test-jar, so that no program carries it.
 *
 * <p>Invariant: it knows the servers and core alone, so that every module's tests can use it.
 */
package org.offerstorm.local.servers.testing;
