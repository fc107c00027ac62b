package org.offerstorm.dashboard.trigger;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.offerstorm.core.check.TlsAdvice;
import org.offerstorm.core.http.RenewedClient;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.tls.Tls;
import org.offerstorm.core.trigger.Channel;

/** By POST. The secrets in the address are resolved with each request. */
final class WebhookSender implements Sender {
    static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    private static final String ALERTS = "/api/v2/alerts";

    private final Channel channel;
    private final String option;
    private final Signer signer;
    private final RenewedClient client;

    /** @param option that names the address, for messages */
    WebhookSender(Channel channel, String option, Signer signer, Tls tls) {
        this.signer = signer;
        this.client = new RenewedClient(tls, () -> HttpClient.newBuilder().connectTimeout(DEADLINE));
        this.channel = channel;
        this.option = option;
    }

    @Override
    public String send(TriggerEvent event) throws InterruptedException {
        try {
            long now = System.currentTimeMillis();
            byte[] body = EventJson.of(channel.form(), event, now);
            HttpRequest.Builder request = HttpRequest.newBuilder(address())
                    .timeout(DEADLINE)
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "offerstorm")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            if (channel.form() == Channel.Form.GENERIC) {
                signer.headers(event.id(), now / 1_000, body).forEach(request::header);
            }
            int status = status(request.build());
            if (status < 300) {
                return null;
            }
            boolean refused =
                    status >= CLIENT_ERROR && status < SERVER_ERROR && status != REQUEST_TIMEOUT && status != TOO_MANY;
            return (refused ? REFUSED + " with status " : "status ") + status;
        } catch (Secrets.Unresolved e) {
            return e.getMessage();
        } catch (IllegalArgumentException e) {
            return "its address, with the secrets in it, is not an http address";
        } catch (IOException e) {
            String problem = e.getMessage() == null
                    ? e instanceof java.net.ConnectException
                            ? "no connection"
                            : e.getClass().getSimpleName()
                    : e.getMessage();
            String advice = TlsAdvice.of(e, option, "write http:// in place of https://");
            return advice == null ? problem : problem + "; " + advice;
        }
    }

    /** The status alone says whether the message was taken; what comes after the headers may never end. */
    private int status(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.get().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream unread = response.body()) {
            return response.statusCode();
        }
    }

    /** An Alertmanager may be named by its host alone. */
    private URI address() {
        URI address = URI.create(Secrets.resolve(channel.address()));
        boolean bare = address.getRawPath() == null || address.getRawPath().matches("/?");
        return channel.form() == Channel.Form.ALERTMANAGER && bare ? address.resolve(ALERTS) : address;
    }
}
