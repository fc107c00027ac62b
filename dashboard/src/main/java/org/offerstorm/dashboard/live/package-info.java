/**
 * Redis as the dashboard sees it: one reader, whatever the number of viewers. It makes unchanging values (the table, the
 * updates that led to it, the last minute, the last hours), which any thread may read.
 */
package org.offerstorm.dashboard.live;
