/**
 * The web server. Requests are answered from memory on the I/O threads; nobody's reading speed touches the reader of Redis
 * or another viewer.
 */
package org.offerstorm.dashboard.web;
