/** What a look at a server found, in words for the person who runs it: {@code doctor}, {@code setup}, {@code submit}. */
package org.offerstorm.core.check;
