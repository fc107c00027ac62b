/** Text from outside, before people see it. */
package org.offerstorm.core.text;
