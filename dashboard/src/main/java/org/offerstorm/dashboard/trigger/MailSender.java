package org.offerstorm.dashboard.trigger;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.offerstorm.core.check.TlsAdvice;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.PlainText;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.tls.TlsContext;
import org.offerstorm.core.trigger.Channel;

/** By SMTP, over TLS unless the address says otherwise. The secrets are resolved with each mail. */
final class MailSender implements Sender {
    /** From the connection to the end of the conversation, however busy the server seems. */
    private static final Duration WHOLE = Duration.ofSeconds(30);

    private static final String MILLIS = Long.toString(WebhookSender.DEADLINE.toMillis());
    private static final int WIDTH = 120;

    private final Channel channel;
    private final String option;
    private final TlsContext tls;
    private final Duration whole;

    /** @param option that names the address, for messages */
    MailSender(Channel channel, String option, Tls tls) {
        this(channel, option, tls, WHOLE);
    }

    /** @param whole time for one mail */
    MailSender(Channel channel, String option, Tls tls, Duration whole) {
        this.channel = channel;
        this.option = option;
        this.tls = new TlsContext(tls);
        this.whole = whole;
    }

    @Override
    public String send(TriggerEvent event) {
        Channel.Mailbox mailbox;
        try {
            mailbox = channel.mailbox();
        } catch (Secrets.Unresolved e) {
            return e.getMessage();
        } catch (IllegalArgumentException e) {
            return "its address, with the secrets in it, " + e.getMessage();
        }
        CutSockets sockets = new CutSockets();
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                sockets::close, CompletableFuture.delayedExecutor(whole.toMillis(), TimeUnit.MILLISECONDS));
        try {
            String problem = send(event, mailbox, sockets);
            return problem != null && sockets.isCut()
                    ? "the mail was not taken within " + whole.toSeconds() + " s"
                    : problem;
        } finally {
            end.cancel(false);
        }
    }

    private String send(TriggerEvent event, Channel.Mailbox mailbox, CutSockets sockets) {
        Session session = Session.getInstance(properties(mailbox, sockets));
        try (Transport transport = session.getTransport("smtp")) {
            Message message = message(session, mailbox, event);
            if (mailbox.user().isEmpty()) {
                transport.connect();
            } else {
                transport.connect(mailbox.host(), mailbox.port(), mailbox.user(), mailbox.password());
            }
            transport.sendMessage(message, message.getAllRecipients());
            return null;
        } catch (AuthenticationFailedException e) {
            return REFUSED + ": " + mailbox.host() + " does not accept user and password";
        } catch (SendFailedException e) {
            return REFUSED + ": " + words(e);
        } catch (MessagingException e) {
            String advice = TlsAdvice.of(e, option, "write smtp://…&starttls=off in place of smtps://");
            return advice == null ? words(e) : words(e) + "; " + advice;
        }
    }

    private Properties properties(Channel.Mailbox mailbox, CutSockets sockets) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", mailbox.host());
        properties.setProperty("mail.smtp.port", Integer.toString(mailbox.port()));
        properties.setProperty(
                "mail.smtp.auth", Boolean.toString(!mailbox.user().isEmpty()));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(mailbox.isTls()));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(!mailbox.isTls() && !mailbox.isOpen()));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(!mailbox.isTls() && !mailbox.isOpen()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.socketFactory", sockets.open());
        properties.put("mail.smtp.ssl.socketFactory", sockets.over(tls.get().getSocketFactory()));
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        properties.setProperty("mail.smtp.connectiontimeout", MILLIS);
        properties.setProperty("mail.smtp.timeout", MILLIS);
        properties.setProperty("mail.smtp.writetimeout", MILLIS);
        return properties;
    }

    private static Message message(Session session, Channel.Mailbox mailbox, TriggerEvent event)
            throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(mailbox.from(), true));
        Address[] to = new Address[mailbox.to().size()];
        for (int i = 0; i < to.length; i++) {
            to[i] = new InternetAddress(mailbox.to().get(i), true);
        }
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(
                "[offerstorm] " + event.name() + (event.fired() ? " fired" : " is over"),
                StandardCharsets.UTF_8.name());
        message.setText(
                event.text() + "\r\n\r\nSince " + Instant.ofEpochMilli(event.at()) + ".\r\nEvent " + event.id()
                        + "\r\n",
                StandardCharsets.UTF_8.name());
        message.setHeader(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.ofEpochMilli(event.at()).atOffset(ZoneOffset.UTC)));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.saveChanges();
        // The same for each attempt: a mail that arrives twice is known by it.
        message.setHeader("Message-ID", "<" + event.id() + "." + mailbox.from() + ">");
        return message;
    }

    /** The innermost reason; the library puts its own class names around it. */
    private static String words(MessagingException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return PlainText.excerpt(PlainText.firstLine(text), WIDTH);
    }
}
