/**
 * Rules on the table category × continent and on the health of the pipeline, and channels for messages: how they are
 * written and what they mean. The dashboard watches them, and the configuration checks them.
 *
 * <p>Invariant: a rule is judged by the values that it is given; nothing here reads a store or the time.
 */
package org.offerstorm.core.trigger;
