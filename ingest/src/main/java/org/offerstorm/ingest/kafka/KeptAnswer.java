package org.offerstorm.ingest.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The first answer to an idempotency key, and of which body: the value of its record, and what is kept in memory.
 *
 * @param status of HTTP
 * @param fingerprint SHA-256 of what was asked
 * @param deflated the answer's body, compressed
 * @param atMillis when it was given, since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KeptAnswer(int status, byte[] fingerprint, byte[] deflated, long atMillis) {
    static final int FINGERPRINT = 32;

    private static final int FORM = 1;

    static KeptAnswer of(HttpAnswer answer, byte[] fingerprint, long atMillis) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
        return new KeptAnswer(answer.status(), fingerprint, bytes.toByteArray(), atMillis);
    }

    HttpAnswer answer() {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return new HttpAnswer(status, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("an answer that was kept cannot be read", e);
        }
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeShort(status);
            out.write(fingerprint);
            out.write(deflated);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
        return bytes.toByteArray();
    }

    /** Null if a newer version wrote it, or something else did. */
    static KeptAnswer read(byte[] value, long atMillis) {
        if (value == null || value.length < 3 + FINGERPRINT || value[0] != FORM) {
            return null;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value, 1, value.length - 1))) {
            int status = in.readUnsignedShort();
            return new KeptAnswer(status, in.readNBytes(FINGERPRINT), in.readAllBytes(), atMillis);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory", e);
        }
    }

    int bytes() {
        return fingerprint.length + deflated.length;
    }
}
