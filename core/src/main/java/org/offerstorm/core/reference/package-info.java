/**
 * Reference data: the table of professions, which gives each offer its category. It is read once, at submission, and
 * travels in the serialized topology.
 *
 * <p>Invariant: every offer has a category: one of the table, {@code (none)} or {@code (other)}.
 */
package org.offerstorm.core.reference;
