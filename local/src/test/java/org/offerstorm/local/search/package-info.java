/** The core of conf/solr/offers as people search it: through its own handler, and through the dashboard's search. */
package org.offerstorm.local.search;
