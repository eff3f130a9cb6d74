// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Answers what reads from one snapshot of the store: the API and the pages. */
final class RequestAnswerer {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Another process may render the same data differently. */
    private static final String PROCESS = UUID.randomUUID().toString();

    private final BoardOptions options;
    private final BoardContext context;
    private final ApiHandler api;
    private final PageHandler pages;
    private volatile int port;

    RequestAnswerer(BoardOptions options, BoardContext context, PageHandler pages) {
        this.options = options;
        this.context = context;
        this.pages = pages;
        this.api = new ApiHandler(Endpoints.all(context.plugin()));
        this.port = options.port();
    }

    void listensOn(int actualPort) {
        port = actualPort;
    }

    /** @param known the ETag that the client has */
    Answer answer(BoardRequest request, @Nullable String known) {
        return context.store().read(transaction -> {
            Instant now = context.clock().instant();
            String etag = etag(transaction, now, request.viewer());
            if (etag.equals(known)) {
                return new Answer(304, Buffer.buffer(), Map.of("ETag", etag, "Cache-Control", "no-cache"));
            }
            try {
                Answer answer = read(request, reading(transaction, now, request.viewer()));
                return answer.status() == 200 ? answer.with("ETag", etag) : answer;
            } catch (RequestProblem e) {
                return problem(request.path(), request.viewer(), e);
            }
        });
    }

    ReadContext reading(Transaction transaction, Instant now, Viewer viewer) {
        return new ReadContext(transaction, context.config().get(), now, viewer.audience(), baseUrl());
    }

    String origin() {
        return options.origin(port);
    }

    String baseUrl() {
        return options.baseUrl(port);
    }

    private Answer read(BoardRequest request, ReadContext read) throws RequestProblem {
        if (request.path().equals(OpenApi.PATH)) {
            return Answer.of(200, Answer.JSON, OpenApi.description());
        }
        if (request.path().startsWith(ApiHandler.PREFIX + "/")) {
            return api.answer(request, read);
        }
        return pages.answer(request, read);
    }

    /** The data as it is in this minute: counts may change without a decision, and so do "5 min ago". */
    private static String etag(Transaction transaction, Instant now, Viewer viewer) {
        CRC32 hash = new CRC32();
        hash.update((PROCESS + transaction.board().version() + " " + now.getEpochSecond() / MINUTE.toSeconds() + viewer)
                .getBytes(StandardCharsets.UTF_8));
        return "W/\"" + Long.toHexString(hash.getValue()) + "\"";
    }

    Answer problem(@Nullable String path, Viewer viewer, RequestProblem problem) {
        return path != null && path.startsWith("/api/") ? ApiHandler.problem(problem) : pages.problem(viewer, problem);
    }
}
