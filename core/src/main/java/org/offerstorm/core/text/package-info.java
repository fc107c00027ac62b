/**
 * External text: which of its characters people may see unescaped on terminals, in logs and in reports, everything else
 * being written as an escape; which show nothing at all; and the one form of texts that look alike.
 *
 * <p>Invariant: no character that could steer a terminal, or hide or forge other text, counts as plain.
 */
package org.offerstorm.core.text;
