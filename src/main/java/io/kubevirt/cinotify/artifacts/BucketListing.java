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

/** Parses {@code ListBucketResult}, the listing of a bucket in the S3 API. */
final class BucketListing {

    private static final long MAX_BYTES = 4L << 20;
    private static final int MAX_KEYS = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private BucketListing() {}

    /** @throws IOException if the content is something else */
    static List<String> read(InputStream content) throws IOException {
        List<String> keys = new ArrayList<>();
        boolean isListing = false;
        try (BoundedStream bounded = new BoundedStream(content, MAX_BYTES, TIMEOUT)) {
            XMLStreamReader xml = SafeXml.open(bounded);
            while (xml.hasNext() && keys.size() < MAX_KEYS) {
                int event = xml.next();
                SafeXml.requireNoDocumentType(event);
                if (event == XMLStreamReader.START_ELEMENT) {
                    isListing = isListing || xml.getLocalName().equals("ListBucketResult");
                    if (xml.getLocalName().equals("Key")) {
                        keys.add(xml.getElementText());
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("not a bucket listing", e);
        }
        if (!isListing) {
            throw new IOException("not a bucket listing");
        }
        return keys;
    }
}
