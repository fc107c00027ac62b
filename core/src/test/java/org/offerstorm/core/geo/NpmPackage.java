package org.offerstorm.core.geo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** A package as {@code npm pack} fetches it: a gzipped tar. */
final class NpmPackage {
    private static final int BLOCK = 512;

    private NpmPackage() {}

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content of one file of the tarball. */
    static byte[] file(byte[] tarball, String name) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(tarball))) {
            byte[] header = new byte[BLOCK];
            while (in.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
                int size = Integer.parseInt(text(header, 124, 12), 8);
                byte[] content = in.readNBytes(size);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                if (text(header, 0, 100).equals(name)) {
                    return content;
                }
            }
        }
        throw new IOException("the tarball has no file " + name);
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8).trim();
    }
}
