/**
 * Creates what the topology needs on the servers ({@code setup}), and looks at each server the way a worker will use it
 * ({@code doctor}).
 *
 * <p>Invariant: nothing that exists is changed, so setup may run again at any time.
 */
package org.offerstorm.tools.setup;
