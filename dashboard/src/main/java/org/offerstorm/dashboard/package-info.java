/** The live page, its API and the triggers; {@link org.offerstorm.dashboard.Dashboard} puts them together. */
package org.offerstorm.dashboard;
