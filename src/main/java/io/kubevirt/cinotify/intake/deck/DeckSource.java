/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.intake.deck;

import io.kubevirt.cinotify.intake.BoundedStream;
import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.intake.ProwJobItems;
import io.kubevirt.cinotify.intake.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The ProwJobs of a deck. */
final class DeckSource implements AutoCloseable {

    private static final String PATH = "prowjobs.js?omit=annotations,labels,decoration_config,pod_spec";
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    /** Twenty times what the deck of a busy Prow gives for two days of jobs; unzipped, since a small answer can be blown up. */
    private static final long LARGEST = 512L << 20;

    private static final int MOST_REDIRECTS = 3;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI deck;
    private final Duration patience;
    private DeckAnswer.Validators known = DeckAnswer.Validators.NONE;
    private DeckAnswer.Validators fetched = DeckAnswer.Validators.NONE;

    /**
     * @param deck its address
     * @param patience how long an answer may take to begin, and again to end
     */
    DeckSource(URI deck, Duration patience) {
        this.deck =
                URI.create(deck + (deck.toString().endsWith("/") ? "" : "/")).resolve(PATH);
        this.patience = patience;
    }

    /** Fetches the ProwJobs unless they are the same as the last ones that were confirmed; blocks. */
    void fetch(ProwJobItems.Taker taker) throws DeckFailure, JournalUnavailable {
        try {
            DeckAnswer answer = ask(deck, 0);
            try (InputStream body = new BoundedStream(answer.response().body(), LARGEST, patience)) {
                if (answer.isGood()) {
                    ProwJobItems.read(new BoundedStream(answer.document(body), LARGEST, patience), taker);
                    fetched = answer.validators();
                } else if (!answer.isUnchanged()) {
                    throw new DeckFailure(
                            "the deck " + deck.getHost() + " answered "
                                    + answer.response().statusCode(),
                            answer.retryAfter(),
                            null);
                }
            }
        } catch (IOException e) {
            throw new DeckFailure(
                    "the deck " + deck.getHost() + " gave no ProwJobs: " + Reason.of(e), Duration.ZERO, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeckFailure("asking the deck was interrupted", Duration.ZERO, e);
        }
    }

    /** What was fetched last has been taken in whole and need not come again. */
    void confirm() {
        known = fetched;
    }

    private DeckAnswer ask(URI address, int redirects) throws IOException, InterruptedException, DeckFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "ci-notify");
        known.etag().ifPresent(etag -> request.header("If-None-Match", etag));
        known.lastModified().ifPresent(time -> request.header("If-Modified-Since", time));
        DeckAnswer answer = new DeckAnswer(http.send(request.build(), BodyHandlers.ofInputStream()));
        URI elsewhere = answer.redirect().orElse(null);
        if (elsewhere == null) {
            return answer;
        }
        answer.response().body().close();
        if (!isOurs(elsewhere) || redirects == MOST_REDIRECTS) {
            throw new DeckFailure(
                    "the deck " + deck.getHost() + " sends us to " + name(elsewhere)
                            + ": if that is right, give this address as the deck's",
                    Duration.ZERO,
                    null);
        }
        return ask(elsewhere, redirects + 1);
    }

    private static String name(URI elsewhere) {
        if (elsewhere.getHost() == null) {
            return "something that is no web page";
        }
        return elsewhere.getHost() + (elsewhere.getPort() < 0 ? "" : ":" + elsewhere.getPort());
    }

    /** The same host, and never from https back to http. */
    private boolean isOurs(URI elsewhere) {
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
