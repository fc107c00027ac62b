/**
 * Extension of a Solr server, which finds it by name: a postings format that makes updates cheaper.
 *
 * <p>Invariant: it uses only Lucene, and no class of another module uses it.
 */
package org.offerstorm.solr;
