package org.offerstorm.core.mapping;

import java.io.Serializable;
import java.util.Objects;
import org.offerstorm.core.tls.Tls;

/** In which form a topic's values are written. */
public sealed interface ValueFormat extends Serializable {
    ValueFormat JSON = new Json();

    /** The same, with this TLS to the servers that it needs. */
    ValueFormat over(Tls tls);

    /** A JSON object in UTF-8. */
    record Json() implements ValueFormat {
        @Override
        public ValueFormat over(Tls tls) {
            return this;
        }
    }

    /**
     * Avro in the wire format of a schema registry: a zero byte, the schema's id in four bytes, and the record in Avro's
     * binary encoding.
     *
     * @param registry address of the registry, {@code http://host:8081}, without user and password
     * @param user null: the registry asks for none
     * @param password a reference to it ({@code ${env:NAME}} or {@code ${file:path}}), which is resolved where a request
     *     is made; null if there is no user
     * @param tls of the connections to it
     */
    record Avro(String registry, String user, String password, Tls tls) implements ValueFormat {
        public Avro {
            Objects.requireNonNull(registry, "registry");
            if ((user == null) != (password == null)) {
                throw new IllegalArgumentException("a user needs a password, and a password a user");
            }
        }

        /** With what the JVM is set to. */
        public Avro(String registry, String user, String password) {
            this(registry, user, password, Tls.OF_JAVA);
        }

        @Override
        public ValueFormat over(Tls other) {
            return new Avro(registry, user, password, other);
        }

        /** Without the password, which might not be the reference that it should be. */
        @Override
        public String toString() {
            return "Avro[registry=" + registry + ", user=" + user + "]";
        }
    }
}
