/** The world map: the project's own boundaries of the continents, projected and simplified for the screen. */
package org.offerstorm.dashboard.map;
