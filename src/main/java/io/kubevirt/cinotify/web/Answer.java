// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/** What a request is answered with; the headers that all answers have are added later. */
record Answer(int status, Buffer body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";
    static final String HTML = "text/html; charset=utf-8";
    static final String CSV = "text/csv; charset=utf-8";

    static final String POLICY = "Content-Security-Policy";

    Answer {
        headers = Map.copyOf(headers);
    }

    static Answer of(int status, String type, String body) {
        return new Answer(status, Buffer.buffer(body), Map.of("Content-Type", type, "Cache-Control", "no-cache"));
    }

    /** @param ancestors who may show a page in a frame */
    static String policy(String ancestors) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                + " form-action 'self'; base-uri 'none'; frame-ancestors " + ancestors;
    }

    Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, body, more);
    }

    /** After a form: the browser asks for the page again. */
    static Answer seeOther(String location) {
        return new Answer(303, Buffer.buffer(), Map.of("Location", location, "Cache-Control", "no-store"));
    }
}
