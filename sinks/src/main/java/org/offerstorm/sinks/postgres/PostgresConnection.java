package org.offerstorm.sinks.postgres;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.core.text.Messages;
import org.offerstorm.core.tls.TlsContext;
import org.postgresql.Driver;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that is made when it is needed and thrown away after any error. A whole operation,
 * connecting included, shares one deadline. Secrets in the address are resolved with each new connection, so that a changed
 * password is taken up. Used by one thread.
 */
final class PostgresConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresConnection.class);
    /** A backend whose client is gone must not hold the lock of all writers for longer. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);

    private final PostgresConfig config;
    private final String address;
    private final String session;
    private final TlsContext tls;
    private Connection connection;
    private long deadline;

    /**
     * Does not connect, and resolves no secret yet.
     *
     * @throws IllegalArgumentException if {@code postgres.url} is not an address
     */
    PostgresConnection(PostgresConfig config) {
        this(config, "");
    }

    /**
     * The same.
     *
     * @param session further statements of each new connection
     */
    PostgresConnection(PostgresConfig config, String session) {
        this.config = config;
        this.session = session;
        this.tls = new TlsContext(config.tls());
        this.address = shown(config);
    }

    /**
     * {@code host:port/database}, or the reference that names it.
     *
     * @throws IllegalArgumentException if {@code postgres.url} is not an address
     */
    static String shown(PostgresConfig config) {
        return Secrets.isReference(config.url())
                ? config.url()
                : PostgresUrl.parse(Secrets.replaceReferences(config.url(), "x"))
                        .shown();
    }

    /** Starts an operation: its calls together have the configured time. */
    void begin() {
        begin(config.timeout());
    }

    /** Starts an operation that may take this long. */
    void begin(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    boolean isOpen() {
        return connection != null;
    }

    /**
     * The connection, made now if there is none, with what is left of the operation's time for the next call.
     *
     * @throws Secrets.Unresolved if the address refers to a secret that is missing
     * @throws IllegalArgumentException if it is not an address, by what a secret says
     */
    Connection get() throws SQLException {
        if (connection == null) {
            connection = connect();
            LOG.debug("Connected to postgres {}", address);
        }
        connection.setNetworkTimeout(Runnable::run, leftMillis());
        return connection;
    }

    /** What is left of the operation's time, at least 1 ms. */
    int leftMillis() throws SQLException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new PSQLException(
                    "no answer within " + config.timeout().toMillis() + " ms", PSQLState.CONNECTION_FAILURE);
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /** Where the database is, for messages; never the password. */
    String address() {
        return address;
    }

    @Override
    public void close() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.setNetworkTimeout(Runnable::run, 1_000);
                old.close();
            } catch (SQLException e) {
                LOG.debug("Closing the connection to postgres {}", address, e);
            }
        }
    }

    /** Closes the connection after an error; what to throw to somebody who reads, with what to do. */
    IOException failed(Exception e) {
        close();
        String advice = SqlStates.advice(e);
        return new IOException("postgres " + address + ": " + describe(e) + (advice == null ? "" : "; " + advice), e);
    }

    /** The error and its cause in one line. */
    static String describe(Throwable error) {
        return Messages.of(error).replaceAll("[\\s\\p{Cntrl}]+", " ");
    }

    private Connection connect() throws SQLException {
        PostgresUrl url = PostgresUrl.parse(Secrets.resolveUri(config.url()));
        Connection fresh = new Driver()
                .connect(
                        "jdbc:postgresql://" + String.join(",", url.hosts()) + "/"
                                + URLEncoder.encode(url.database(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"),
                        properties(url));
        try {
            fresh.setNetworkTimeout(Runnable::run, leftMillis());
            try (Statement statement = fresh.createStatement()) {
                statement.execute(session());
            }
            return fresh;
        } catch (SQLException e) {
            fresh.close();
            throw e;
        }
    }

    private Properties properties(PostgresUrl url) throws SQLException {
        Properties properties = new Properties();
        if (url.user() != null) {
            properties.setProperty("user", url.user());
        }
        if (url.password() != null) {
            properties.setProperty("password", url.password());
        }
        properties.putAll(url.parameters());
        if (url.namesFiles() && config.tls().isSet() && !url.parameters().containsKey("sslrootcert")) {
            throw new IllegalArgumentException("postgres.url names sslcert or sslkey without sslrootcert, so the trust"
                    + " store of postgres.tls or security.tls would not hold; name sslrootcert too, or the key there");
        }
        if (!url.namesFiles() && config.tls().isSet()) {
            tls.get(); // says what is wrong with a file
            TlsSockets.put(config.tls(), properties); // the driver checks the host's name with verify-full
        } else if (url.parameters().getOrDefault("sslmode", "prefer").startsWith("verify")
                && !url.parameters().containsKey("sslrootcert")) {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"); // Java's trust store
        }
        if (url.hosts().size() > 1) {
            properties.setProperty("targetServerType", "primary");
        }
        // Whole seconds; a step of connecting may take a part of the time, and the rest is left for the call.
        String seconds =
                Integer.toString(Math.max(1, leftMillis() / 2_000 / url.hosts().size()));
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("ApplicationName", "offerstorm");
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /**
     * What the statements rely on, regardless of the server's and the role's own settings. Plans go by index always: they
     * are made while the tables are empty, and must still be right a minute later.
     */
    private String session() {
        long millis = config.timeout().toMillis();
        return "set search_path to \"" + config.schema() + "\", pg_temp;"
                + " set lock_timeout to " + Math.max(1, millis / 2) + ";"
                + " set statement_timeout to " + millis + ";"
                + " set idle_in_transaction_session_timeout to " + IDLE_IN_TRANSACTION.toMillis() + ";"
                + " set synchronous_commit to on;"
                + " set default_transaction_isolation to 'read committed';"
                + " set datestyle to 'ISO'; set timezone to 'UTC';"
                + " set client_min_messages to warning;"
                + session;
    }
}
