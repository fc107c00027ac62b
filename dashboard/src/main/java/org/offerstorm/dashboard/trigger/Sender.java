package org.offerstorm.dashboard.trigger;

/** Sends one event to somebody. Used by one thread. */
@FunctionalInterface
interface Sender {
    /** How the message of a problem begins after which there is no use in trying again. */
    String REFUSED = "refused";

    /**
     * Sends, and waits some seconds at most.
     *
     * @return what went wrong, null if nothing did; never the address, which may hold a secret
     */
    String send(TriggerEvent event) throws InterruptedException;
}
