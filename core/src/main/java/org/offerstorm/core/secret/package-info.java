/**
 * References to secrets, {@code ${env:NAME}} and {@code ${file:path}}, and what they name; and the keys of those who send
 * requests to a server.
 *
 * <p>Invariant: a secret is read where a connection opens or a server starts, and kept nowhere else; of a key, its hash is
 * kept.
 */
package org.offerstorm.core.secret;
