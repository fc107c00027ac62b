/**
 * External text, before people see it. Terminals, logs and reports ask here which characters they may show unescaped;
 * everything else is written as an escape.
 *
 * <p>Invariant: no character that could steer a terminal, or hide or forge other text, counts as plain.
 */
package org.offerstorm.core.text;
