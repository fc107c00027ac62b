/**
 * What each web server of the project has: the names that it answers to, a time in which a request must have come, its
 * address, and the pages about the process itself.
 *
 * <p>Invariant: nothing here knows what is served.
 */
package org.offerstorm.dashboard.http;
