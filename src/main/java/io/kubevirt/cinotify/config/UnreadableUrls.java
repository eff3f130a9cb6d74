// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * URLs of runs on trusted hosts that cannot be read: the configuration does not know the bucket, or the layout. Each
 * kind is logged once, with what fixes it.
 */
public final class UnreadableUrls {
    private static final Logger LOG = Logger.getLogger(UnreadableUrls.class);
    private static final int MAX_KINDS = 20;

    private final Map<String, String> serverByFix = new LinkedHashMap<>();
    private long count;

    /**
     * Records a URL; what fixes it identifies its kind. Only its server is reported: whose run it is cannot be read, so it may be
     * private.
     */
    public synchronized void add(String url, String reason, String fix) {
        count++;
        if (serverByFix.size() < MAX_KINDS && serverByFix.putIfAbsent(fix, server(url)) == null) {
            LOG.warnf("the URL of a run at %s cannot be read (%s): %s", server(url), reason, fix);
        }
    }

    private static String server(String url) {
        int path = url.indexOf('/', url.indexOf("//") + 2);
        return path < 0 ? url : url.substring(0, path);
    }

    /** Since the start. */
    public synchronized long count() {
        return count;
    }

    /** One sentence for each kind. */
    public synchronized List<String> problems() {
        List<String> problems = new ArrayList<>();
        serverByFix.forEach((fix, server) -> problems.add("a run at " + server + ": " + fix));
        return problems;
    }

    /** Forgets the kinds: another configuration may know them. */
    public synchronized void reset() {
        serverByFix.clear();
    }
}
