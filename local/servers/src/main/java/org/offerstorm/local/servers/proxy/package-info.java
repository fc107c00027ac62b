/**
 * Stands between a topology and its servers, and disturbs what goes through: cut, refused, swallowed, late or lost.
 *
 * <pre>
 *   topology ──▶ TcpProxy ──▶ server          one thread per proxy
 *                  Link: one connection, a Flow each way (64 KiB at most)
 *                  HttpRequests: tells the requests of a connection apart, for Solr
 * </pre>
 */
package org.offerstorm.local.servers.proxy;
