/**
 * The continent of a point, from boundaries in the class path; no network, no geometry library.
 *
 * <pre>
 *   continents.bin ── BoundaryFile ──▶ Boundaries   closed rings: the plain geometry, exact
 *                          │
 *                          └─────────▶ CellIndex    1/8° cells: most answer at once, the others ask Boundaries about few edges
 *   Continents  =  CellIndex for classify, Boundaries for explain
 * </pre>
 *
 * The convention, the source and the measured accuracy are in docs/continents.md. The programs that make the resource
 * and measure it are in this module's test sources.
 *
 * <p>Invariant: a point gets the same continent from the index and from the plain geometry.
 */
package org.offerstorm.core.geo;
