/**
 * PostgreSQL has the live offers, every version of them, and the counts as tables for plain SQL; conf/postgres has their
 * definition, docs/postgres.md what they are for.
 *
 * <p>A chunk is one transaction: it locks the row of {@code source_identity}, looks up the offers' newest versions, copies the chunk
 * into a temporary table, and writes from there with statements over all its rows.
 *
 * <p>Invariant: offers, tombstones, versions, counts and coverage move in one transaction, or not at all; a worker never
 * changes the schema.
 */
package org.offerstorm.sinks.postgres;
