package org.offerstorm.local.trials.chaos.fault;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.offerstorm.core.config.OfferstormConfig;
import org.offerstorm.core.secret.Secrets;
import org.offerstorm.sinks.postgres.Postgres;
import org.offerstorm.sinks.postgres.PostgresConfig;

/** PostgreSQL itself, past the proxy, as the owner of the database reaches it; an open cluster's asks for no password. */
final class PostgresServer {
    /** Too many connections: of a role, a database, or the server. */
    static final String TOO_MANY_CONNECTIONS = "53300";

    private static final String TIMEOUT_SECONDS = "10";
    /** The faults' connections, which must not end themselves. */
    private static final String NAME = "chaos";

    private PostgresServer() {}

    static Connection connect(OfferstormConfig direct) throws SQLException {
        PostgresConfig config = direct.of(Postgres.KIND);
        URI uri = URI.create(Secrets.resolveUri(config.url()));
        List<String> login = List.of(uri.getUserInfo().split(":", 2));
        Properties properties = new Properties();
        properties.setProperty("user", login.get(0));
        if (login.size() > 1) {
            properties.setProperty("password", login.get(1));
            properties.setProperty("sslmode", "verify-full");
            properties.setProperty("sslrootcert", config.tls().trustStore());
            properties.setProperty("sslkey", config.tls().keyStore());
            properties.setProperty("sslpassword", Secrets.resolve(config.tls().keyStorePassword()));
        }
        properties.setProperty("ApplicationName", NAME);
        properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", TIMEOUT_SECONDS);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), properties);
    }

    /**
     * Ends the server's process of every other connection.
     *
     * @return how many there were
     */
    static int terminateOthers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet ended = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where usename = current_user and application_name <> '" + NAME + "'")) {
            ended.next();
            return ended.getInt(1);
        }
    }

    static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
