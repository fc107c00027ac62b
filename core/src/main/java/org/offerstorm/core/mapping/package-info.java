/**
 * How the records of any data set become offers: rules for the fields of an offer, further fields of the data set, and what
 * a deletion looks like. A mapping is data; {@link org.offerstorm.core.mapping.MappedParser} applies it.
 *
 * * <p>Invariant: what a rule cannot convert refuses the record with field, value and rule; nothing is guessed or left out.
 */
package org.offerstorm.core.mapping;
