// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/** The configuration block of a channel: it checks itself and opens the channel. */
public interface ChannelConfig {
    /** Reports invalid values. Files with secrets need not exist yet. */
    void check(ConfigValidator check);

    /** Opens the channel, once at the start. What may change on a reload comes from {@link ChannelContext#current}. */
    Channel open(ChannelContext context);

    /** The files with secrets, by their keys in the block. */
    default Map<List<String>, String> secretFiles() {
        return Map.of();
    }

    /** The URLs that get secrets or notifications, by their keys in the block. */
    default Map<List<String>, String> urls() {
        return Map.of();
    }

    /** Reports a URL that is not absolute or is not HTTP. */
    static void checkUrl(String url, ConfigValidator check, Object... at) {
        try {
            URI uri = new URI(url);
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null) {
                return;
            }
        } catch (URISyntaxException e) {
            // Reported below.
        }
        check.report("\"" + url + "\" is not a URL", "start it with https://", at);
    }
}
