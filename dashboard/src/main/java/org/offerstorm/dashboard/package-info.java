/**
 * The live page, the search page, their API and the triggers; {@link org.offerstorm.dashboard.Dashboard} puts them
 * together.
 *
 * <p>Invariant: the dashboard writes to no store.
 */
package org.offerstorm.dashboard;
