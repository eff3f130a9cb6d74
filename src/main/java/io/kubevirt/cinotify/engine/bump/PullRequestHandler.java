// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.bump;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.bump.PullRequestDetails;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.store.Store;
import java.util.Optional;

/** The way of a {@code pull_request} event; what else is said in it is heard elsewhere. */
public final class PullRequestHandler {

    /** The name of the event. */
    public static final String EVENT = "pull_request";

    private PullRequestHandler() {}

    /**
     * Takes it in, in a transaction of its own, if a bot has opened it.
     *
     * @param payload the event
     * @throws io.kubevirt.cinotify.store.StoreUnavailable if the store fails
     */
    public static void handle(JsonNode payload, Store store, Config settings) {
        Optional<PullRequestDetails> news = PullRequestDetails.parse(payload.path(EVENT));
        if (news.isPresent() && settings.file().bumps() != null) {
            store.inTransaction(transaction -> {
                new BumpTracker(settings, transaction).observe(news.get());
                return true;
            });
        }
    }
}
