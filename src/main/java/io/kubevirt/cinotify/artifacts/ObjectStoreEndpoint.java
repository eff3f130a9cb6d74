// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where an object store answers.
 *
 * @param url scheme, host, port if need be, and a path if the store lies below one; without a slash at its end
 */
public record ObjectStoreEndpoint(String url) {

    /** @throws IllegalArgumentException if it is no such address; the message is fit for a person */
    public ObjectStoreEndpoint {
        url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        if (!isStore(url)) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is not the address of an object store: write it as https://storage.example.org");
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
