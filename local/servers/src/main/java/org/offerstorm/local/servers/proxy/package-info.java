/**
 * Runs between a topology and a server, and disturbs what passes: cut, refused, swallowed, late or lost.
 *
 * <pre>
 *   topology ──▶ TcpProxy ──▶ server          one thread per proxy
 *                  Link: one connection, a Flow each way (64 KiB at most)
 *                  HttpRequests: separates the requests of a connection, for Solr
 * </pre>
 *
 * <p>Invariant: unless a disturbance is set, all bytes pass unchanged and in order.
 */
package org.offerstorm.local.servers.proxy;
