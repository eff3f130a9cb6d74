// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Opens untrusted XML as a stream: no DTDs, no entities, limits on names, tags, elements and depth. */
final class SafeXml {
    /** Ginkgo writes the whole failure output into one attribute. */
    private static final int MAX_ATTRIBUTE_CHARS = 1 << 20;

    private static final int MAX_ATTRIBUTES = 50;
    private static final int MAX_DEPTH = 50;
    private static final int MAX_ELEMENTS = 500_000;

    private static final XMLInputFactory FACTORY = factory();

    private SafeXml() {}

    /** Invalid UTF-8 is replaced, so that one broken byte does not hide a failure. */
    static XMLStreamReader open(InputStream content) throws XMLStreamException {
        return FACTORY.createXMLStreamReader(
                new PrintableReader(new InputStreamReader(content, StandardCharsets.UTF_8)));
    }

    private static XMLInputFactory factory() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_CHARS);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_COUNT, MAX_ELEMENTS);
        return factory;
    }

    /** Replaces control characters, which tests print although XML does not allow them, and limits the markup. */
    private static final class PrintableReader extends FilterReader {
        private static final char REPLACEMENT = '\ufffd';

        private final MarkupLimits limits = new MarkupLimits();

        PrintableReader(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int character = super.read();
            if (character < 0) {
                return character;
            }
            limits.accept(printable((char) character));
            return printable((char) character);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            for (int i = offset; i < offset + count; i++) {
                buffer[i] = printable(buffer[i]);
                limits.accept(buffer[i]);
            }
            return count;
        }

        private static char printable(char character) {
            boolean allowed = character >= ' ' && character < '\ufffe'
                    || character == '\t'
                    || character == '\n'
                    || character == '\r';
            return allowed ? character : REPLACEMENT;
        }
    }
}
