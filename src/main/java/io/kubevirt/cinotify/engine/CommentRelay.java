// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.engine.bump.BumpTracker;
import io.kubevirt.cinotify.engine.suspect.MergeLedger;
import io.kubevirt.cinotify.notify.slack.SlackRequest;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Handles the deliveries whose events can carry commands: pull requests go to the bump tracker and the ledger first, then every delivery
 * goes to the comment code, which settles it. A crash in between repeats both steps; observing a pull request twice
 * changes nothing.
 */
@ApplicationScoped
public class CommentRelay {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PULL_REQUEST = "pull_request";
    private static final int BATCH_SIZE = 50;
    /** The events that the comment code settles. */
    static final Set<String> EVENTS = Stream.concat(CommentReader.EVENTS.stream(), Stream.of(SlackRequest.EVENT))
            .collect(Collectors.toUnmodifiableSet());

    private final Store store;
    private final ConfigAgent config;
    private final CommentQueue comments;
    private final InstantSource clock;

    public CommentRelay(Store store, ConfigAgent config, CommentQueue comments, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.comments = comments;
        this.clock = clock;
    }

    CommentQueue queue() {
        return comments;
    }

    /**
     * Offers what waits in the journal.
     *
     * @throws StoreUnavailable if the store fails; what was not offered is offered on the next call
     */
    public void relayAll() {
        List<String> waiting =
                store.read(transaction -> transaction.deliveries().inProgress(EVENTS, BATCH_SIZE));
        waiting.stream().filter(id -> !comments.isQueued(id)).forEach(this::relay);
    }

    private void relay(String id) {
        try {
            Config current = config.get();
            JournalEntry delivery =
                    store.read(transaction -> transaction.deliveries().get(id));
            if (delivery.event().equals(PULL_REQUEST)) {
                observe(delivery, current);
            }
            comments.offer(id);
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            DeliveryProcessor.recordFailure(store, id, e, clock.instant());
        }
    }

    private void observe(JournalEntry delivery, Config current) {
        JsonNode event = payload(delivery);
        store.inTransaction(transaction -> {
            new BumpTracker(current, transaction).observe(event);
            new MergeLedger(current, transaction).observe(event);
            return true;
        });
    }

    private static JsonNode payload(JournalEntry delivery) {
        try {
            return JSON.readTree(delivery.body());
        } catch (IOException e) {
            // The comment code settles the delivery as malformed.
            return MissingNode.getInstance();
        }
    }
}
