/** What an operator does with dead letters: list, show, replay, drop. Plain Java over Kafka and Redis; no Storm. */
package org.offerstorm.tools.deadletters;
