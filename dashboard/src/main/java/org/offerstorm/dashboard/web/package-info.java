/**
 * The web server. Requests about counts are answered from memory on the I/O threads; no viewer's reading speed affects
 * the reader of Redis or another viewer.
 *
 * <p>Invariant: only GET and HEAD are answered, and with keys only to readers who send one; every answer has the policy that
 * forbids scripts and styles from elsewhere.
 */
package org.offerstorm.dashboard.web;
