/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.evidence;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML of strangers: as a stream, without document types, without entities, with bounds on everything. */
final class Xml {

    /** Ginkgo writes into one all that a failed test says. */
    private static final int LONGEST_ATTRIBUTE = 1 << 20;

    private static final int MOST_ATTRIBUTES = 50;
    private static final int DEEPEST = 50;

    private static final XMLInputFactory FACTORY = factory();

    private Xml() {}

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
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, LONGEST_ATTRIBUTE);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MOST_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, DEEPEST);
        return factory;
    }
}
