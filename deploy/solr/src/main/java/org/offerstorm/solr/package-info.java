/** Extension of a Solr server. Knows nothing of the other modules, and they nothing of it: Lucene finds it by name. */
package org.offerstorm.solr;
