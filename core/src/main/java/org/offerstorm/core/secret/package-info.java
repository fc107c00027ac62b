/**
 * References to secrets, {@code ${env:NAME}} and {@code ${file:path}}, and what they name.
 *
 * <p>Invariant: a secret is read where a connection opens, and kept nowhere else.
 */
package org.offerstorm.core.secret;
