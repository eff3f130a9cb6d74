// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.http.BoundedStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What an object store answers to whoever lists a bucket: {@code ListBucketResult}, in the words of S3. */
final class BucketListing {

    private static final long MAX_BYTES = 4L << 20;
    private static final int MAX_KEYS = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private BucketListing() {}

    /** @throws IOException if it is none */
    static List<String> read(InputStream content) throws IOException {
        List<String> keys = new ArrayList<>();
        boolean named = false;
        try (BoundedStream bounded = new BoundedStream(content, MAX_BYTES, TIMEOUT)) {
            XMLStreamReader xml = SafeXml.open(bounded);
            while (xml.hasNext() && keys.size() < MAX_KEYS) {
                int event = xml.next();
                SafeXml.requireNoDocumentType(event);
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
