/**
 * What closes the wires of a cluster: its own authority, certificates, passwords, and the rights of each role, which are
 * those of {@code deploy/security}.
 *
 * <p>Invariant: a key or password is in a file that only this user can read, and in no argument of a process.
 */
package org.offerstorm.local.cluster.secure;
