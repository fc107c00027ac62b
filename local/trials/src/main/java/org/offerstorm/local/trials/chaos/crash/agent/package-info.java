/**
 * Runs inside a worker when crash points are tried: a Java agent that ends the process at an armed point.
 * {@link org.offerstorm.local.trials.chaos.crash.AgentJar} packs it into a separate jar.
 *
 * <p>Invariant: it uses only the JDK and ASM, and no class of the project outside this package.
 */
package org.offerstorm.local.trials.chaos.crash.agent;
