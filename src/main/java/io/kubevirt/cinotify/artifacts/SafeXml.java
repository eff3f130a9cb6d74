// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML of strangers: as a stream, without document types, without entities, with bounds on everything. */
final class SafeXml {

    /** Ginkgo writes into one all that a failed test says. */
    private static final int MAX_ATTRIBUTE_CHARS = 1 << 20;

    private static final int MAX_ATTRIBUTES = 50;
    private static final int MAX_DEPTH = 50;

    private static final XMLInputFactory FACTORY = factory();

    private SafeXml() {}

    /** Bytes that are no UTF-8 are replaced; nobody's failure goes unread for the sake of a letter. */
    static XMLStreamReader open(InputStream content) throws XMLStreamException {
        return FACTORY.createXMLStreamReader(
                new PrintableReader(new InputStreamReader(content, StandardCharsets.UTF_8)));
    }

    /** @throws XMLStreamException if it is a document type: what entities do begins with one */
    static void requireNoDocumentType(int event) throws XMLStreamException {
        if (event == XMLStreamReader.DTD) {
            throw new XMLStreamException("it has a document type");
        }
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
        return factory;
    }
}
