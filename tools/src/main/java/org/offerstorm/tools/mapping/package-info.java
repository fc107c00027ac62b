/**
 * Mapping files: YAML that says how the records of a data set become offers, read into a
 * {@link org.offerstorm.core.mapping.Mapping}.
 *
 * <p>Invariant: a mapping is returned only if it has no problem; otherwise all problems are reported at once, with line and
 * column.
 */
package org.offerstorm.tools.mapping;
