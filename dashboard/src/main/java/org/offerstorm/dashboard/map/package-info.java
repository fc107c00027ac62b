/**
 * The world map: the project's own outlines of the continents, projected and simplified for the screen.
 *
 * <p>Invariant: the map is drawn from the outlines that classify the offers, and from nothing else.
 */
package org.offerstorm.dashboard.map;
