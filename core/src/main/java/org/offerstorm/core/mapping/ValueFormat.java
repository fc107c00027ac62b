package org.offerstorm.core.mapping;

import java.io.Serializable;
import java.util.Objects;

/** In which form a topic's values are written. */
public sealed interface ValueFormat extends Serializable {
    ValueFormat JSON = new Json();

    /** A JSON object in UTF-8. */
    record Json() implements ValueFormat {}

    /**
     * Avro in the wire format of a schema registry: a zero byte, the schema's id in four bytes, and the record in Avro's
     * binary encoding.
     *
     * @param registry address of the registry, {@code http://host:8081}, without user and password
     * @param user null: the registry asks for none
     * @param password a reference to it ({@code ${env:NAME}} or {@code ${file:path}}), which is resolved where a request
     *     is made; null if there is no user
     */
    record Avro(String registry, String user, String password) implements ValueFormat {
        public Avro {
            Objects.requireNonNull(registry, "registry");
            if ((user == null) != (password == null)) {
                throw new IllegalArgumentException("a user needs a password, and a password a user");
            }
        }

        /** Without the password, which might not be the reference that it should be. */
        @Override
        public String toString() {
            return "Avro[registry=" + registry + ", user=" + user + "]";
        }
    }
}
