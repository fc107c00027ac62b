/**
 * Options of the configuration: path, type of value, bounds, default and documentation. {@code tools} reads files into
 * them; each sink declares its own.
 *
 * <p>Invariant: a value is checked by its option's type before a record holds it; checking connects to nothing and
 * resolves no secret.
 */
package org.offerstorm.core.option;
