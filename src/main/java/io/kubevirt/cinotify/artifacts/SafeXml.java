// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Opens untrusted XML as a stream: no DTDs, no entities, limits on names, tags, elements and depth. */
final class SafeXml {
    /** Ginkgo writes the whole failure output into one attribute. */
    private static final int MAX_ATTRIBUTE_CHARS = 1 << 20;

    private static final int MAX_ATTRIBUTES = 50;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_ELEMENTS = 500_000;

    private static final XMLInputFactory FACTORY = factory();

    private SafeXml() {}

    /** UTF-8 or UTF-16. Invalid bytes are replaced, so that one broken byte does not hide a failure. */
    static XMLStreamReader open(InputStream content) throws XMLStreamException, IOException {
        PushbackInputStream start = new PushbackInputStream(content, 2);
        byte[] mark = start.readNBytes(2);
        start.unread(mark);
        return FACTORY.createXMLStreamReader(
                new PrintableReader(new InputStreamReader(start, BuildLog.charsetOf(mark))));
    }

    private static XMLInputFactory factory() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // Some tools append a document for each attempt.
        factory.setProperty(WstxInputProperties.P_INPUT_PARSING_MODE, WstxInputProperties.PARSING_MODE_DOCUMENTS);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_CHARS);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, MAX_ELEMENTS);
        return factory;
    }

    /**
     * Begins at the first tag; replaces characters, and references to them, which tests print although XML does not allow
     * them, and limits the markup.
     */
    private static final class PrintableReader extends Reader {
        private static final char REPLACEMENT = '\ufffd';
        private static final int LONGEST_REFERENCE = 12;

        /** Looks like one, and needs no escape. */
        private static final char AMPERSAND = '\uff06';

        private final Reader in;
        private final MarkupLimits limits = new MarkupLimits();
        private final char[] ahead = new char[8 << 10];
        private int at;
        private int end;
        private boolean ended;
        private boolean begun;
        private @Nullable IOException failure;

        PrintableReader(Reader in) {
            this.in = in;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = 0;
            while (count < length) {
                if (end - at < LONGEST_REFERENCE && !ended) {
                    fill();
                    continue;
                }
                if (at == end) {
                    break;
                }
                char next = next();
                limits.accept(next);
                buffer[offset + count++] = next;
            }
            if (count == 0 && failure != null) {
                throw failure;
            }
            return count == 0 && length > 0 ? -1 : count;
        }

        private char next() {
            int reference = ahead[at] == '&' ? illegalReference() : 0;
            char next = reference > 0 ? REPLACEMENT : isBareAmpersand() ? AMPERSAND : printable(ahead[at]);
            at += Math.max(1, reference);
            return next;
        }

        /** Tools that build XML from text forget to escape it. */
        private boolean isBareAmpersand() {
            if (ahead[at] != '&') {
                return false;
            }
            int next = at + 1;
            while (next < end
                    && next - at < LONGEST_REFERENCE
                    && (ahead[next] == '#' || Character.isLetterOrDigit(ahead[next]))) {
                next++;
            }
            return next < end && next - at < LONGEST_REFERENCE && ahead[next] != ';';
        }

        /** What was read before a connection broke is still delivered. */
        private void fill() {
            System.arraycopy(ahead, at, ahead, 0, end - at);
            end -= at;
            at = 0;
            try {
                int count = in.read(ahead, end, ahead.length - end);
                ended = count < 0;
                end += Math.max(0, count);
            } catch (IOException e) {
                failure = e;
                ended = true;
            }
            while (!begun && at < end) {
                begun = ahead[at] == '<';
                at += begun ? 0 : 1;
            }
        }

        /** The length of a reference to a character that XML does not allow; else 0. */
        private int illegalReference() {
            int close = at + 1;
            while (close < end && close - at < LONGEST_REFERENCE && ahead[close] != ';') {
                close++;
            }
            if (close - at < 3 || close == end || ahead[close] != ';' || ahead[at + 1] != '#') {
                return 0;
            }
            boolean hex = ahead[at + 2] == 'x';
            int from = at + (hex ? 3 : 2);
            try {
                int code = Integer.parseInt(new String(ahead, from, close - from), hex ? 16 : 10);
                return isAllowed(code) ? 0 : close + 1 - at;
            } catch (NumberFormatException notANumber) {
                return 0;
            }
        }

        private static boolean isAllowed(int code) {
            return code >= ' ' && code < Character.MIN_SURROGATE
                    || code > Character.MAX_SURROGATE && code < '\ufffe'
                    || code >= Character.MIN_SUPPLEMENTARY_CODE_POINT && code <= Character.MAX_CODE_POINT
                    || code == '\t'
                    || code == '\n'
                    || code == '\r';
        }

        private static char printable(char character) {
            return isAllowed(character) || Character.isSurrogate(character) ? character : REPLACEMENT;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
