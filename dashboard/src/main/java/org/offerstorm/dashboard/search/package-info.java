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
 * enumeration, or text in a separate parameter that a fixed filter refers to.
 *
 * <p>Invariant: no text of a user becomes query syntax, and every request has a bounded number of rows.
 */
package org.offerstorm.dashboard.search;
