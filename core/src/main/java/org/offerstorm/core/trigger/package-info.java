/** Rules on the table category × continent: how they are written and what they mean. */
package org.offerstorm.core.trigger;
