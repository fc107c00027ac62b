package org.offerstorm.formats.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.offerstorm.core.check.TlsAdvice;
import org.offerstorm.core.http.Bounded;
import org.offerstorm.core.http.RenewedClient;
import org.offerstorm.core.mapping.ValueFormat;
import org.offerstorm.core.parse.SourceUnavailable;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Messages;
import org.offerstorm.core.text.Quote;

/**
 * Asks a schema registry for schemas over HTTP. References in its address, user and password are resolved with each
 * request, and kept nowhere. One thread.
 */
final class RegistryClient {
    /** For a request, and for the requests of one attempt together. */
    static final Duration DEADLINE = Duration.ofSeconds(5);
    /** Longest answer, bytes. */
    static final int ANSWER_BYTES = 1 << 20;

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    /** The registry's own codes: it has no such subject, version or schema. */
    private static final Set<Integer> NO_SCHEMA = Set.of(40401, 40402, 40403);
    /** A longer time without request means that a new attempt began: a held chunk is tried once a second. */
    private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private final ValueFormat.Avro format;
    private final Duration deadline;
    private final LongSupplier nanoTime;
    private final RenewedClient http;
    private final JsonFactory json = new JsonFactory();

    private long spentNanos;
    private long lastEnd;

    RegistryClient(ValueFormat.Avro format) {
        this(format, DEADLINE);
    }

    RegistryClient(ValueFormat.Avro format, Duration deadline) {
        this(format, deadline, System::nanoTime);
    }

    /** @param nanoTime the clock of the requests of one attempt together; a single one ends by the system's */
    RegistryClient(ValueFormat.Avro format, Duration deadline, LongSupplier nanoTime) {
        this.format = format;
        this.deadline = deadline;
        this.nanoTime = nanoTime;
        http = new RenewedClient(format.tls(), () -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(deadline));
    }

    /**
     * A schema as the registry has it.
     *
     * @param type null: Avro
     * @param references other schemas whose types it uses
     */
    record Registered(String schema, String type, List<Reference> references) {
        Registered {
            references = List.copyOf(references);
        }
    }

    /** A schema by its place in the registry; what is there never changes. */
    record Reference(String subject, int version) {}

    /**
     * The schema of this id; empty if the registry says that it has none.
     *
     * @throws SourceUnavailable if it does not say so or so
     */
    Optional<Registered> schema(int id) {
        return ask("/schemas/ids/" + id);
    }

    /**
     * A schema that another one refers to; empty if the registry says that it has none, also no deleted one.
     *
     * @throws SourceUnavailable if it does not say so or so
     */
    Optional<Registered> schema(Reference reference) {
        String subject =
                URLEncoder.encode(reference.subject(), StandardCharsets.UTF_8).replace("+", "%20");
        return ask("/subjects/" + subject + "/versions/" + reference.version() + "?deleted=true");
    }

    private Optional<Registered> ask(String path) {
        long begin = nanoTime.getAsLong();
        if (begin - lastEnd > PAUSE_NANOS) {
            spentNanos = 0;
        } else if (spentNanos > deadline.toNanos()) {
            spentNanos = 0;
            throw new SourceUnavailable(
                    "the schema registry " + format.registry()
                            + " is slow: its answers for one chunk took more than " + seconds(deadline)
                            + "; the chunk continues with the next schema",
                    null);
        }
        try {
            return request(path);
        } finally {
            lastEnd = nanoTime.getAsLong();
            spentNanos += lastEnd - begin;
        }
    }

    private Optional<Registered> request(String path) {
        RegistryAddress address;
        HttpRequest request;
        HttpClient client;
        try {
            address = RegistryAddress.resolved(format.registry());
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address.url() + path))
                    .timeout(deadline)
                    .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                    .header("User-Agent", "offerstorm");
            if (format.user() != null) {
                builder.header("Authorization", authorization());
            }
            request = builder.build();
            client = http.get();
        } catch (IllegalArgumentException e) { // also a reference that leads nowhere here; no message has a secret
            throw away(format.registry(), e.getMessage());
        }
        HttpResponse<Bounded.Body> response = send(client, address.url(), request);
        return read(address.url(), response);
    }

    private String authorization() {
        String credentials = Secrets.resolve(format.user()) + ":" + Secrets.resolve(format.password());
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<Bounded.Body> send(HttpClient client, String url, HttpRequest request) {
        // The request's own time-out ends with the headers; this one holds for the body too.
        CompletableFuture<HttpResponse<Bounded.Body>> answer =
                client.sendAsync(request, info -> new Bounded(ANSWER_BYTES));
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw away(url, "no answer within " + seconds(deadline) + "; is it overloaded, or behind a firewall?");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw away(url, "the question was interrupted");
        } catch (ExecutionException e) {
            throw away(url, problem(e.getCause()));
        }
    }

    private String problem(Throwable error) {
        if (error instanceof HttpTimeoutException) {
            return "no answer within " + seconds(deadline) + "; is it overloaded, or behind a firewall?";
        }
        String advice = TlsAdvice.of(error, "value.registry", "write http:// in place of https://");
        if (advice != null) {
            return Messages.of(error) + "; " + advice;
        }
        return error instanceof ConnectException
                ? "no connection (" + Messages.of(error) + "); does it run, and is its address right?"
                : Messages.of(error);
    }

    private Optional<Registered> read(String url, HttpResponse<Bounded.Body> response) {
        int status = response.statusCode();
        Bounded.Body body = response.body();
        if (status == OK && !body.isWhole()) {
            throw away(url, "an answer is longer than " + ANSWER_BYTES + " bytes, which no schema of records needs");
        }
        Answer answer = Answer.read(json, body.bytes());
        if (status == OK && answer.schema != null) {
            return Optional.of(new Registered(answer.schema, answer.type, answer.references));
        }
        if (status == NOT_FOUND && NO_SCHEMA.contains(answer.errorCode)) {
            return Optional.empty();
        }
        String said =
                "it answers with status " + status + (answer.message == null ? "" : " and " + Quote.of(answer.message));
        throw away(
                url,
                said
                        + switch (status) {
                            case UNAUTHORIZED, FORBIDDEN ->
                                format.user() == null
                                        ? "; it wants a user: see value.user and value.password of the mapping"
                                        : "; are user and password right, and may the user read schemas?";
                            case OK, NOT_FOUND ->
                                ", not as a schema registry does; is value.registry of the mapping right?";
                            default -> status / 100 == 3 ? "; a redirect is not followed: name its target" : "";
                        });
    }

    private static SourceUnavailable away(String url, String what) {
        return new SourceUnavailable("the schema registry " + url + " gives no schema: " + what, null);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3g s", time.toMillis() / 1000.0);
    }

    /** What matters of an answer; nothing of it unless it is a JSON object. */
    private static final class Answer {
        private String schema;
        private String type;
        private final List<Reference> references = new ArrayList<>();
        private int errorCode;
        private String message;

        static Answer read(JsonFactory json, byte[] body) {
            Answer answer = new Answer();
            try (JsonParser parser = json.createParser(body)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return answer;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    answer.take(parser.currentName(), parser, parser.nextToken());
                }
                return answer;
            } catch (IOException e) {
                return new Answer();
            }
        }

        private void take(String name, JsonParser parser, JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_STRING) {
                switch (name) {
                    case "schema" -> schema = parser.getText();
                    case "schemaType" -> type = parser.getText();
                    case "message" -> message = parser.getText();
                    default -> {}
                }
            } else if (token == JsonToken.VALUE_NUMBER_INT && name.equals("error_code")) {
                errorCode = parser.getIntValue();
            } else if (token == JsonToken.START_ARRAY && name.equals("references")) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    references.add(reference(parser));
                }
            } else {
                parser.skipChildren();
            }
        }

        private static Reference reference(JsonParser parser) throws IOException {
            String subject = "";
            int version = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_STRING && name.equals("subject")) {
                    subject = parser.getText();
                } else if (token == JsonToken.VALUE_NUMBER_INT && name.equals("version")) {
                    version = parser.getIntValue();
                } else {
                    parser.skipChildren();
                }
            }
            return new Reference(subject, version);
        }
    }
}
