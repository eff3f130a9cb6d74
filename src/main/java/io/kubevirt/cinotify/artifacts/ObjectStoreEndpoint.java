// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.net.URI;
import java.net.URISyntaxException;

/** The endpoint of an object store: scheme, host, optional port and path, without a trailing slash. */
public record ObjectStoreEndpoint(String url) {
    /** @throws IllegalArgumentException with a message for the operator */
    public ObjectStoreEndpoint {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!isStore(url)) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is not the URL of an object store, such as https://storage.example.org");
        }
    }

    private static boolean isStore(String text) {
        try {
            URI address = new URI(text);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            return web
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
