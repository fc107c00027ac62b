/**
 * {@code demo}: servers, topology and dashboard in one process, the table live, and a comparison of all stores at the
 * end.
 *
 * <p>Invariant: with {@code --exit-when-done} the exit code is 0 only if the tables of all stores are equal.
 */
package org.offerstorm.local.demo;
