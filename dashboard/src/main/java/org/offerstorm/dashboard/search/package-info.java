/**
 * Search over the offers in Solr.
 *
 * <pre>
 *   URL ─▶ RequestReader ─▶ SearchRequest ─▶ Parameters ─▶ Solr's /offers ─▶ ResponseReader ─▶ SearchResult ─▶ SearchJson
 *            400 and why        typed         built by code                                          typed
 * </pre>
 *
 * <p>What a user types never becomes query syntax or a parameter: {@link org.offerstorm.dashboard.search.Words} takes it
 * apart into words and phrases and writes those again, each escaped; every other value is a number, a time, an
 * enumeration, or text that goes into a parameter of its own which a fixed filter refers to.
 */
package org.offerstorm.dashboard.search;
