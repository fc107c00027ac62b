/**
 * Answers over HTTP from servers that may be anything: what listens at a configured address may answer slowly, or without end.
 *
 * <p>Invariant: an answer has a limit of bytes and of time, both counted to its end and not to its headers.
 */
package org.offerstorm.core.http;
