/**
 * The web server: who may ask, how much, and what is answered.
 *
 * <p>Invariant: what requests may hold in memory is reserved before it is read, and a request that finds no room is
 * refused.
 */
package org.offerstorm.ingest.web;
