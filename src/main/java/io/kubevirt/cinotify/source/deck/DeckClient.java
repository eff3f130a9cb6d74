// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import io.kubevirt.cinotify.http.BoundedStream;
import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.ProwJobListReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The ProwJobs of a deck. */
final class DeckClient implements AutoCloseable {

    private static final String PATH = "prowjobs.js?omit=annotations,labels,decoration_config,pod_spec";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Twenty times what the deck of a busy Prow gives for two days of jobs; unzipped, since a small answer can be blown up. */
    private static final long MAX_BYTES = 512L << 20;

    private static final int MOST_REDIRECTS = 3;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI deck;
    private final Duration timeout;
    private DeckResponse.Validators confirmed = DeckResponse.Validators.NONE;
    private DeckResponse.Validators fetched = DeckResponse.Validators.NONE;

    /**
     * @param deck its address
     * @param patience how long an answer may take to begin, and again to end
     */
    DeckClient(URI deck, Duration patience) {
        this.deck =
                URI.create(deck + (deck.toString().endsWith("/") ? "" : "/")).resolve(PATH);
        this.timeout = patience;
    }

    /** Fetches the ProwJobs unless they are the same as the last ones that were confirmed; blocks. */
    void fetch(ProwJobListReader.ProwJobConsumer taker) throws DeckException, JournalUnavailableException {
        try {
            DeckResponse answer = send(deck, 0);
            try (InputStream body = new BoundedStream(answer.response().body(), MAX_BYTES, timeout)) {
                if (answer.isOk()) {
                    ProwJobListReader.read(new BoundedStream(answer.json(body), MAX_BYTES, timeout), taker);
                    fetched = answer.validators();
                } else if (!answer.isNotModified()) {
                    throw new DeckException(
                            "the deck " + deck.getHost() + " answered "
                                    + answer.response().statusCode(),
                            answer.retryAfter(),
                            null);
                }
            }
        } catch (IOException e) {
            throw new DeckException(
                    "the deck " + deck.getHost() + " gave no ProwJobs: " + RootCause.describe(e), Duration.ZERO, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeckException("asking the deck was interrupted", Duration.ZERO, e);
        }
    }

    /** What was fetched last has been taken in whole and need not come again. */
    void confirm() {
        confirmed = fetched;
    }

    private DeckResponse send(URI address, int redirects) throws IOException, InterruptedException, DeckException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "ci-notify");
        confirmed.etag().ifPresent(etag -> request.header("If-None-Match", etag));
        confirmed.lastModified().ifPresent(time -> request.header("If-Modified-Since", time));
        DeckResponse answer = new DeckResponse(http.send(request.build(), BodyHandlers.ofInputStream()));
        URI elsewhere = answer.redirect().orElse(null);
        if (elsewhere == null) {
            return answer;
        }
        answer.response().body().close();
        if (!isTrustedRedirect(elsewhere) || redirects == MOST_REDIRECTS) {
            throw new DeckException(
                    "the deck " + deck.getHost() + " sends us to " + hostAndPort(elsewhere)
                            + ": if that is right, give this address as the deck's",
                    Duration.ZERO,
                    null);
        }
        return send(elsewhere, redirects + 1);
    }

    private static String hostAndPort(URI elsewhere) {
        if (elsewhere.getHost() == null) {
            return "something that is no web page";
        }
        return elsewhere.getHost() + (elsewhere.getPort() < 0 ? "" : ":" + elsewhere.getPort());
    }

    /** The same host, and never from https back to http. */
    private boolean isTrustedRedirect(URI elsewhere) {
        boolean sameHost = deck.getHost().equalsIgnoreCase(elsewhere.getHost());
        boolean sameServer =
                deck.getScheme().equalsIgnoreCase(elsewhere.getScheme()) && deck.getPort() == elsewhere.getPort();
        return sameHost && (sameServer || "https".equalsIgnoreCase(elsewhere.getScheme()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
