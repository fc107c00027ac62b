/**
 * Where an offer is counted: its profession's category and the continent of its coordinates.
 *
 * <p>Invariant: the cell depends on the offer alone, given the reference table and the boundaries; everything that counts
 * offers asks this package, so the same offer has the same cell everywhere.
 */
package org.offerstorm.core.place;
