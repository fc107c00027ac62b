package org.offerstorm.core.parse;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;

/**
 * Jackson's parser of UTF-8, but its exceptions have no stack trace: with them, a document that is not JSON cost three
 * times as much as an offer. It does not guess encodings either: its input must be UTF-8, without a byte order mark. It
 * reads byte arrays only.
 */
final class StacklessJsonFactory extends JsonFactory {
    private static final long serialVersionUID = 1L;

    StacklessJsonFactory(JsonFactoryBuilder builder) {
        super(builder);
    }

    @Override
    protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context) {
        context.setEncoding(JsonEncoding.UTF8);
        ByteQuadsCanonicalizer symbols = _byteSymbolCanonicalizer.makeChildOrPlaceholder(_factoryFeatures);
        return new Parser(context, _parserFeatures, _objectCodec, symbols, data, offset, offset + length);
    }

    private static final class Parser extends UTF8StreamJsonParser {
        Parser(
                IOContext context,
                int features,
                ObjectCodec codec,
                ByteQuadsCanonicalizer symbols,
                byte[] data,
                int from,
                int to) {
            super(context, features, null, codec, symbols, data, from, to, 0, false);
        }

        // The three ways by which Jackson makes an exception for what it reads, and the one that goes round them.

        @Override
        protected JsonParseException _constructReadException(String message) {
            return new Stackless(this, message, null);
        }

        @Override
        protected JsonParseException _constructReadException(String message, Throwable cause) {
            return new Stackless(this, message, cause);
        }

        @Override
        protected JsonParseException _constructReadException(String message, JsonLocation location) {
            return new Stackless(this, message, null);
        }

        @Override
        protected void _reportInvalidEOF(String where, JsonToken token) throws JsonParseException {
            throw new Stackless(this, "Unexpected end-of-input" + where, null);
        }

        // The two commonest messages, without String.format and without the place where the object began.

        @Override
        protected void _handleEOF() throws JsonParseException {
            if (!_parsingContext.inRoot()) {
                throw new Stackless(this, "the document ends within an object or array", null);
            }
        }

        @Override
        protected void _reportUnexpectedChar(int c, String comment) throws JsonParseException {
            String message = "Unexpected character (" + _getCharDesc(c) + ")";
            throw new Stackless(this, comment == null ? message : message + ": " + comment, null);
        }
    }

    private static final class Stackless extends JsonParseException {
        private static final long serialVersionUID = 1L;

        Stackless(JsonParser parser, String message, Throwable cause) {
            super(parser, message, cause);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it does nothing
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
