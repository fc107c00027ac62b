package org.offerstorm.sinks.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KerberosTicket;
import org.junit.jupiter.api.Test;

/** Tickets are renewed before they end, and a KDC that is away costs nothing until then. */
@SuppressWarnings("JavaUtilDate") // Kerberos' own class has it
class TicketsTest {
    private static final String USER = "offerstorm@OFFERS.TEST";
    private static final String KDC = "krbtgt/OFFERS.TEST@OFFERS.TEST";
    private static final String SERVER = "hdfs/localhost@OFFERS.TEST";

    private static final Duration SHORT = Duration.ofMillis(10);

    private final AtomicInteger asked = new AtomicInteger();
    private volatile Duration life = Duration.ofHours(10);
    private volatile KerberosFailure failure;

    @Test
    void getsATicketWhenItIsAskedForTheFirstTime() throws Exception {
        Tickets tickets = tickets(new Kdc());
        assertThat(asked).hasValue(0);

        assertThat(only(tickets.current()).getClient().getName()).isEqualTo(USER);
        assertThat(asked).hasValue(1);
    }

    @Test
    void renewsATicketBeforeItEndsWithoutBeingAsked() throws Exception {
        life = Duration.ofSeconds(2);
        Tickets tickets = tickets(new Kdc());
        Subject subject = tickets.current();

        KerberosTicket first = only(subject);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(only(subject)).isNotSameAs(first));
        await().atMost(Duration.ofMinutes(1)).until(() -> asked.get() > 4);
        assertThat(tickets.current()).isSameAs(subject);
    }

    @Test
    void keepsTheTicketThatItHasWhileTheKdcIsAway() throws Exception {
        life = Duration.ofMinutes(1);
        Tickets tickets = new Tickets(new Kdc(), pace(Duration.ofMinutes(1), SHORT));
        Subject subject = tickets.current();
        failure = new KerberosFailure("no KDC answers", "start it", null);

        int before = asked.get();
        await().atMost(Duration.ofMinutes(1)).until(() -> asked.get() > before + 1);
        assertThat(tickets.current()).isSameAs(subject);
        assertThat(only(subject).isCurrent()).isTrue();
    }

    @Test
    void saysWhyThereIsNoTicketAndGetsOneWhenItIsCorrected() {
        failure = new KerberosFailure("the KDC does not know us", "tell it", null);
        Tickets tickets = tickets(new Kdc());
        assertThatThrownBy(tickets::current)
                .isInstanceOf(KerberosFailure.class)
                .hasMessage("the KDC does not know us; tell it");

        failure = null;
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> assertThat(
                        only(tickets.current()).isCurrent())
                .isTrue());
    }

    @Test
    void waitsNotLongerThanItsPatienceForAKdcThatDoesNotAnswer() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Tickets tickets = new Tickets(
                new Kdc() {
                    @Override
                    public Subject logIn() throws KerberosFailure {
                        awaitUninterruptibly(answer);
                        return super.logIn();
                    }
                },
                pace(Duration.ofMillis(50), SHORT));
        assertThatThrownBy(tickets::current).hasMessage("silence; wake it");

        answer.countDown();
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> assertThat(
                        only(tickets.current()).isCurrent())
                .isTrue());
    }

    @Test
    void dropsTicketsForServersWithEachNewConnection() throws Exception {
        Tickets tickets = tickets(new Kdc());
        Subject subject = tickets.current();
        subject.getPrivateCredentials().add(ticket(SERVER, Duration.ofHours(1)));

        assertThat(only(tickets.current()).getServer().getName()).isEqualTo(KDC);
    }

    private static Tickets tickets(Tickets.Source source) {
        return new Tickets(source, pace(Duration.ofMinutes(1), Duration.ofHours(1)));
    }

    private static Tickets.Pace pace(Duration patience, Duration longest) {
        return new Tickets.Pace(patience, SHORT, SHORT, longest);
    }

    private static KerberosTicket only(Subject subject) {
        assertThat(subject.getPrivateCredentials(KerberosTicket.class)).hasSize(1);
        return subject.getPrivateCredentials(KerberosTicket.class).iterator().next();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KerberosTicket ticket(String server, Duration life) {
        Instant now = Instant.now();
        return new KerberosTicket(
                new byte[] {1},
                new KerberosPrincipal(USER),
                new KerberosPrincipal(server),
                new byte[16],
                17,
                new boolean[32],
                Date.from(now),
                Date.from(now),
                Date.from(now.plus(life)),
                null,
                null);
    }

    /** Gives tickets, or fails as the test wants. */
    private class Kdc implements Tickets.Source {
        @Override
        public Subject logIn() throws KerberosFailure {
            asked.incrementAndGet();
            if (failure != null) {
                throw failure;
            }
            Subject subject = new Subject();
            subject.getPrincipals().add(new KerberosPrincipal(USER));
            subject.getPrivateCredentials().add(ticket(KDC, life));
            return subject;
        }

        @Override
        public KerberosFailure silent() {
            return new KerberosFailure("silence", "wake it", null);
        }
    }
}
