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

import io.kubevirt.cinotify.intake.BoundedStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What an object store answers to whoever lists a bucket: {@code ListBucketResult}, in the words of S3. */
final class Listing {

    private static final long LARGEST = 4L << 20;
    private static final int MOST_KEYS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Listing() {}

    /** @throws IOException if it is none */
    static List<String> read(InputStream content) throws IOException {
        List<String> keys = new ArrayList<>();
        boolean named = false;
        try (BoundedStream bounded = new BoundedStream(content, LARGEST, PATIENCE)) {
            XMLStreamReader xml = Xml.open(bounded);
            while (xml.hasNext() && keys.size() < MOST_KEYS) {
                int event = xml.next();
                Xml.requireNoDocumentType(event);
                if (event == XMLStreamReader.START_ELEMENT) {
                    named = named || xml.getLocalName().equals("ListBucketResult");
                    if (xml.getLocalName().equals("Key")) {
                        keys.add(xml.getElementText());
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("it is not the listing of a bucket", e);
        }
        if (!named) {
            throw new IOException("it is not the listing of a bucket");
        }
        return keys;
    }
}
