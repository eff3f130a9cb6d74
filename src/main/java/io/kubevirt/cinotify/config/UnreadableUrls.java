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

    private final Map<String, String> exampleByFix = new LinkedHashMap<>();
    private long count;

    /** Records a URL; what fixes it identifies its kind. */
    public synchronized void add(String url, String reason, String fix) {
        count++;
        if (exampleByFix.size() < MAX_KINDS && exampleByFix.putIfAbsent(fix, url) == null) {
            LOG.warnf("the URL %s of a run cannot be read (%s): %s", url, reason, fix);
        }
    }

    /** Since the start. */
    public synchronized long count() {
        return count;
    }

    /** One sentence for each kind, with an example. */
    public synchronized List<String> problems() {
        List<String> problems = new ArrayList<>();
        exampleByFix.forEach((fix, url) -> problems.add(url + ": " + fix));
        return problems;
    }

    /** Forgets the kinds: another configuration may know them. */
    public synchronized void reset() {
        exampleByFix.clear();
    }
}
