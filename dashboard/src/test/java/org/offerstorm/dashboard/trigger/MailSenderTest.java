package org.offerstorm.dashboard.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.trigger.Channel;
import org.offerstorm.local.servers.testing.TestCertificate;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** E-mail against a mail server, with TLS and login. */
class MailSenderTest {
    private static final String PASSWORD = "p@ss/geheim";
    private static final String QUERY = "?from=offerstorm@example.org&to=ops@example.org,more@example.org";

    @TempDir
    private static Path directory;

    private static SSLContext shown;
    private static Tls trusting;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private SMTPServer server;

    @BeforeAll
    static void certify() throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, "dns:localhost");
        shown = certificate.shown();
        trusting = new Tls(certificate.certificate().toString(), Tls.NONE, Tls.NONE, Tls.NONE);
        Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    }

    @AfterEach
    void end() {
        server.stop();
    }

    @Test
    void a_mail_goes_over_starttls_with_login_to_each_recipient() {
        start(builder().requireTLS().startTlsSocketFactory(shown));

        assertThat(send("smtp://ann:" + reference() + "@localhost:" + server.getPortAllocated() + QUERY))
                .isNull();

        assertThat(received).hasSize(2).allSatisfy(mail -> assertThat(mail)
                .contains("Subject: [offerstorm] many fired")
                .contains("From: offerstorm@example.org")
                .contains("Message-ID: <many-9-fired.offerstorm@example.org>")
                .contains("Auto-Submitted: auto-generated")
                .contains("Trigger many fired: lag > 5, it is 7"));
    }

    @Test
    void a_mail_goes_over_tls_from_the_first_byte() {
        start(builder().serverSocketFactory(shown));

        assertThat(send("smtps://ann:" + reference() + "@localhost:" + server.getPortAllocated() + QUERY))
                .isNull();

        assertThat(received).hasSize(2);
    }

    @Test
    void without_starttls_at_the_server_nothing_is_sent() {
        start(builder().enableTLS(false));

        assertThat(send("smtp://ann:" + reference() + "@localhost:" + server.getPortAllocated() + QUERY))
                .contains("STARTTLS")
                .doesNotContain("geheim");
        assertThat(received).isEmpty();
    }

    @Test
    void a_relay_of_this_machine_may_be_without_tls() {
        start(SMTPServer.port(0).bindAddress(InetAddress.getLoopbackAddress()).simpleMessageListener(listener()));

        assertThat(send("smtp://127.0.0.1:" + server.getPortAllocated() + QUERY + "&starttls=off"))
                .isNull();

        assertThat(received).hasSize(2);
    }

    @Test
    void a_wrong_password_is_final_and_not_repeated_in_the_message() {
        start(builder().requireTLS().startTlsSocketFactory(shown));

        assertThat(send("smtp://ann:geheim-too@localhost:" + server.getPortAllocated() + QUERY))
                .startsWith(Sender.REFUSED)
                .contains("does not accept user and password")
                .doesNotContain("geheim");
    }

    @Test
    void a_certificate_of_another_host_is_not_accepted() {
        start(builder().serverSocketFactory(shown));

        assertThat(send("smtps://ann:" + reference() + "@127.0.0.1:" + server.getPortAllocated() + QUERY))
                .contains("its certificate is for another host");
        assertThat(received).isEmpty();
    }

    @Test
    void a_server_that_answers_byte_by_byte_is_left_when_the_time_of_the_mail_is_over() throws Exception {
        start(builder()); // for the end of the test
        try (ServerSocket slow = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            CountDownLatch left = new CountDownLatch(1);
            Thread serving = new Thread(() -> drip(slow, left), "test-server");
            serving.setDaemon(true);
            serving.start();
            String address = "smtp://127.0.0.1:" + slow.getLocalPort() + QUERY + "&starttls=off";
            FutureTask<String> sending = new FutureTask<>(() -> send(address, Duration.ofSeconds(1)));
            Thread sender = new Thread(sending, "test-sender");
            sender.setDaemon(true);
            sender.start();

            assertThat(sending.get(1, TimeUnit.MINUTES)).isEqualTo("the mail was not taken within 1 s");
            assertThat(left.await(1, TimeUnit.MINUTES))
                    .as("the connection is closed")
                    .isTrue();
        }
    }

    @Test
    void a_missing_secret_is_named_by_its_reference() {
        start(builder());

        assertThat(send("smtps://ann:${file:/no/such/file}@localhost:" + server.getPortAllocated() + QUERY))
                .contains("${file:/no/such/file}");
    }

    private static String reference() {
        return "${file:" + directory.resolve("password") + "}";
    }

    private static String send(String address) {
        return send(address, Duration.ofMinutes(1));
    }

    private static String send(String address, Duration whole) {
        return new MailSender(Channel.parse(address), "triggers.channels.mail", trusting, whole)
                .send(new TriggerEvent("many-9-fired", "many", "lag > 5", true, 7L, 9));
    }

    /** Greets, and answers each command with a line that never ends. */
    private static void drip(ServerSocket server, CountDownLatch left) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write("220 slow\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write('2');
                Thread.sleep(10);
            }
        } catch (IOException | InterruptedException e) {
            left.countDown();
        }
    }

    private SMTPServer.Builder builder() {
        return SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!user.equals("ann") || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                    }
                }))
                .simpleMessageListener(listener());
    }

    private SimpleMessageListener listener() {
        return new SimpleMessageListener() {
            @Override
            public boolean accept(String from, String recipient) {
                return true;
            }

            @Override
            public void deliver(String from, String recipient, InputStream data) throws IOException {
                received.add(new String(data.readAllBytes(), StandardCharsets.UTF_8));
            }
        };
    }

    private void start(SMTPServer.Builder builder) {
        server = builder.build();
        server.start();
    }
}
