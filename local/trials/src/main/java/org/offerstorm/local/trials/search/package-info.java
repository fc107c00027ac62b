/** {@code offerstorm search-bench}: what the index of the offers costs, and how fast it answers. */
package org.offerstorm.local.trials.search;
