/** Makes what the topology needs on the servers, and checks what is there. Idempotent. */
package org.offerstorm.tools.setup;
