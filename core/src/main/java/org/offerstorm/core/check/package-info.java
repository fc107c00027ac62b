/**
 * What a check of a server found, in words for the person who runs {@code doctor}, {@code setup} or {@code submit}: a
 * check, its findings, and the failure that ends a command.
 *
 * <p>Invariant: nothing here connects to anything; the module that owns a client implements its
 * {@link org.offerstorm.core.check.Check}.
 */
package org.offerstorm.core.check;
