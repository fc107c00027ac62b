/**
 * What runs inside a worker when crash points are tried: a Java agent that ends the process at an armed point. It becomes a jar of its own
 * ({@link org.offerstorm.local.trials.chaos.crash.AgentJar}); it uses nothing but the JDK and ASM, and nothing of the product.
 */
package org.offerstorm.local.trials.chaos.crash.agent;
