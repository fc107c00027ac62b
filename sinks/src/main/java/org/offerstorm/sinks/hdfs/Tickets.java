package org.offerstorm.sinks.hdfs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kerberos ticket that is good all the time. A thread gets it, and a new one long before it ends, so no caller waits for
 * it while the present ticket is good. A new connection asks the KDC for a ticket for the server.
 *
 * <p>Hadoop's own relogin is not used: it lets go of the old ticket before it asks for a new one, not more often than once a
 * minute, and needs a caller.
 */
final class Tickets {
    /** Begins the name of the thread. */
    static final String THREAD = "hdfs-login";

    private static final Logger LOG = LoggerFactory.getLogger(Tickets.class);
    /** Who asks again may have been refused because of its ticket; an older one than this is then replaced. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Source source;
    private final Pace pace;
    /** Of the process: its tickets change, it does not. */
    private final Subject subject = new Subject();

    private KerberosTicket ticket;
    private long since;
    private KerberosFailure problem;
    private boolean isWanted;
    private Thread thread;

    /** Where a ticket is from. */
    interface Source {
        /** A new subject with one ticket; takes as long as the KDCs do. */
        Subject logIn() throws KerberosFailure;

        /** No KDC has answered in time. */
        KerberosFailure silent();
    }

    /**
     * When a KDC is asked.
     *
     * @param patience how long a caller waits for a ticket
     * @param shortest between two attempts
     * @param failed between two attempts while the present ticket is good: each failure may count for a lock at the KDC
     * @param longest between two tickets, however long they are good: a keytab that is out of date is noticed soon
     */
    record Pace(Duration patience, Duration shortest, Duration failed, Duration longest) {}

    /** Asks nobody yet. */
    Tickets(Source source, Pace pace) {
        this.source = source;
        this.pace = pace;
    }

    /**
     * For a new connection: the same subject each time, with a good ticket and no other. One for a server, from an earlier
     * connection, is dropped, because it may be why that ended. Any thread.
     *
     * @throws KerberosFailure if there is no ticket, with the reason
     */
    synchronized Subject current() throws IOException {
        start();
        if (!isGood() || System.nanoTime() - since > FRESH.toNanos()) {
            isWanted = true;
            notifyAll();
        }
        long deadline = System.nanoTime() + pace.patience().toNanos();
        while (!isGood()) {
            if (problem != null) {
                throw new KerberosFailure(problem.what(), problem.fix(), problem);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                problem = source.silent();
            } else {
                pause(left);
            }
        }
        keepOnly(ticket);
        return subject;
    }

    /** When the present ticket ends, for people; empty if there is none. */
    synchronized String until() {
        return ticket == null ? "" : end(ticket).toString();
    }

    private boolean isGood() {
        return ticket != null && ticket.isCurrent();
    }

    private void start() {
        if (thread == null) {
            thread = new Thread(this::keep, THREAD);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void keep() {
        try {
            while (true) {
                attempt();
                await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; the next caller starts another thread
        } finally {
            synchronized (this) {
                thread = null;
            }
        }
    }

    private void attempt() {
        synchronized (this) {
            isWanted = false;
        }
        try {
            adopt(source.logIn());
        } catch (KerberosFailure e) {
            failed(e);
        } catch (RuntimeException | LinkageError e) { // what no KDC and no Java announced
            failed(new KerberosFailure("cannot log in to Kerberos: " + e, "see this process's log", e));
            LOG.debug("logging in", e);
        }
    }

    private synchronized void adopt(Subject fresh) {
        KerberosTicket next =
                fresh.getPrivateCredentials(KerberosTicket.class).iterator().next();
        subject.getPrincipals().addAll(fresh.getPrincipals());
        keepOnly(next);
        if (ticket == null || problem != null) {
            LOG.info("logged in to Kerberos as {}; ticket until {}", next.getClient(), end(next));
        }
        ticket = next;
        since = System.nanoTime();
        problem = null;
        notifyAll();
    }

    /** At once, so that a connection that is being made finds the old ticket or the new one. */
    private void keepOnly(KerberosTicket wanted) {
        Set<Object> credentials = subject.getPrivateCredentials();
        synchronized (credentials) {
            credentials.removeIf(credential -> credential instanceof KerberosTicket && credential != wanted);
            credentials.add(wanted);
        }
    }

    private synchronized void failed(KerberosFailure e) {
        if (problem == null || !problem.getMessage().equals(e.getMessage())) {
            LOG.warn(
                    "cannot log in to Kerberos: {}{}",
                    e.getMessage(),
                    isGood() ? "; the present ticket is good until " + end(ticket) : "");
        }
        problem = e;
        notifyAll();
    }

    /** Until it is time for the next attempt, or somebody wants one. */
    private synchronized void await() throws InterruptedException {
        long begin = System.nanoTime();
        long least = begin + pace.shortest().toNanos();
        long most = begin + pause().toNanos();
        long now = begin;
        while (now < most && !(isWanted && now >= least)) {
            TimeUnit.NANOSECONDS.timedWait(this, (isWanted ? least : most) - now);
            now = System.nanoTime();
        }
    }

    private Duration pause() {
        if (!isGood()) {
            return pace.shortest();
        }
        long left = Duration.between(Instant.now(), end(ticket)).toMillis();
        Duration pause = problem == null
                ? min(pace.longest(), Duration.ofMillis(left * 3 / 5))
                : min(pace.failed(), Duration.ofMillis(left / 4));
        return pause.compareTo(pace.shortest()) < 0 ? pace.shortest() : pause;
    }

    private static Instant end(KerberosTicket ticket) {
        return ticket.getEndTime().toInstant();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void pause(long nanos) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while logging in to Kerberos");
        }
    }
}
