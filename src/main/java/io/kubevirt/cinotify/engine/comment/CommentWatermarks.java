// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which repositories send comment events, and up to when their comments have been read from GitHub. The value of a
 * watermark is the time of the last event, its instant is how far GitHub has been read.
 */
final class CommentWatermarks {
    private static final String PREFIX = "comments/";

    /** A repository without comment events for this long is no longer registered. */
    private static final Duration REGISTERED = Duration.ofDays(7);

    /** As long as GitHub redelivers events on request. */
    private static final Duration MAX_LOOKBACK = Duration.ofDays(3);

    /** Allows for different clocks and for lists of GitHub that lag. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private static final Duration WRITE_INTERVAL = Duration.ofHours(1);

    private final Store store;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    CommentWatermarks(Store store) {
        this.store = store;
    }

    /** A webhook with a comment arrived. Comments before the first one are never read. */
    void sawEvent(Repository repository, Instant at) {
        Instant last = written.get(repository.fullName());
        if (last != null && at.isBefore(last.plus(WRITE_INTERVAL))) {
            return;
        }
        store.inTransaction(transaction -> {
            Instant readUntil = find(transaction, repository).map(Watermark::at).orElse(at.plus(MARGIN));
            transaction.watermarks().set(PREFIX + repository, new Watermark(at.toString(), readUntil));
            return true;
        });
        written.put(repository.fullName(), at);
    }

    List<Repository> registered(Instant now) {
        return store.read(transaction -> transaction.watermarks().withPrefix(PREFIX)).entrySet().stream()
                .filter(entry ->
                        Instant.parse(entry.getValue().value()).plus(REGISTERED).isAfter(now))
                .flatMap(entry -> Repository.parse(entry.getKey().substring(PREFIX.length())).stream())
                .toList();
    }

    /** From when on comments are to be read. */
    Instant since(Repository repository, Instant now) {
        Instant since = store.read(transaction -> find(transaction, repository))
                .map(mark -> mark.at().minus(MARGIN))
                .orElse(now);
        Instant earliest = now.minus(MAX_LOOKBACK);
        return since.isBefore(earliest) ? earliest : since;
    }

    /** @param readThrough the last change that was read if there are more; empty if everything was read */
    static void advance(Transaction transaction, Repository repository, Optional<Instant> readThrough, Instant now) {
        Instant at = readThrough.map(last -> last.plus(MARGIN)).orElse(now);
        find(transaction, repository)
                .ifPresent(mark -> transaction.watermarks().set(PREFIX + repository, new Watermark(mark.value(), at)));
    }

    private static Optional<Watermark> find(Transaction transaction, Repository repository) {
        return transaction.watermarks().find(PREFIX + repository);
    }
}
