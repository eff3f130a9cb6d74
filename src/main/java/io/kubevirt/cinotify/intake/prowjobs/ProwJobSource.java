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
package io.kubevirt.cinotify.intake.prowjobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.kubevirt.cinotify.intake.BoundedStream;
import io.kubevirt.cinotify.intake.Delivery;
import io.kubevirt.cinotify.intake.JournalUnavailable;
import io.kubevirt.cinotify.intake.ProwJobItems;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The ProwJobs of one namespace, as the API server gives them. */
public final class ProwJobSource {

    /** As kubectl and client-go do. */
    static final int PAGE = 500;

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration WHOLE_PAGE = Duration.ofMinutes(2);
    private static final long LARGEST_PAGE = 1L << 30;

    private final HttpClient http;
    private final String server;
    private final String namespace;
    private final InstantSource clock;

    /**
     * @param client from {@link ClusterAccess#open}; it is the caller who closes it
     * @param namespace where Prow keeps its ProwJobs
     */
    public ProwJobSource(KubernetesClient client, String namespace, InstantSource clock) {
        this.http = client.getHttpClient();
        this.server = client.getConfiguration().getMasterUrl();
        this.namespace = namespace;
        this.clock = clock;
    }

    /** Fetches a page; blocks. */
    Page page(@Nullable String token) throws ApiFailure {
        ProwJobRequest request = ProwJobRequest.page(namespace, PAGE, token);
        HttpResponse<InputStream> response = answer(request);
        List<Delivery> deliveries = new ArrayList<>();
        try (InputStream body = new BoundedStream(response.body(), LARGEST_PAGE, WHOLE_PAGE)) {
            if (!response.isSuccessful()) {
                throw ApiFailure.answered(response.code(), request);
            }
            JsonNode metadata = ProwJobItems.read(
                    body, prowJob -> deliveries.add(prowJob.delivery(ProwJobDoor.NAME, clock.instant())));
            String next = metadata.path("continue").asText();
            return new Page(deliveries, metadata.path("resourceVersion").asText(), next.isEmpty() ? null : next);
        } catch (IOException e) {
            throw ApiFailure.away(request, e);
        } catch (JournalUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<InputStream> answer(ProwJobRequest request) throws ApiFailure {
        CompletableFuture<HttpResponse<InputStream>> answer =
                http.sendAsync(http(request).build(), InputStream.class);
        try {
            return answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw ApiFailure.away(request, e);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw ApiFailure.away(request, e);
        }
    }

    /**
     * Opens a watch; returns at once.
     *
     * @param feed is told of everything that comes, and of the end
     * @param lifetime after which the API server ends it
     * @return ends the watch early
     */
    Runnable watch(String resourceVersion, WatchFeed feed, Duration lifetime) {
        ProwJobRequest request = ProwJobRequest.watch(namespace, resourceVersion, lifetime);
        CompletableFuture<HttpResponse<AsyncBody>> call =
                http.consumeBytes(http(request).forStreaming().build(), feed::receive);
        call.whenComplete((response, failure) -> {
            if (failure != null) {
                feed.end(ApiFailure.away(request, failure));
            } else if (!response.isSuccessful()) {
                response.body().cancel();
                feed.end(ApiFailure.answered(response.code(), request));
            } else {
                feed.open();
                // Connections break all the time; trouble it is only if no other can be had.
                response.body().done().whenComplete((done, broken) -> feed.end(null));
                response.body().consume();
            }
        });
        return () -> {
            call.cancel(true);
            call.thenAccept(response -> response.body().cancel());
        };
    }

    private HttpRequest.Builder http(ProwJobRequest request) {
        return http.newHttpRequestBuilder().uri(request.at(server)).header("Accept", "application/json");
    }
}
