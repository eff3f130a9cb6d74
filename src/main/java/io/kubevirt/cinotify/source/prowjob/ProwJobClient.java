// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.kubevirt.cinotify.http.BoundedStream;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.source.ProwJobListReader;
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
public final class ProwJobClient {

    /** As kubectl and client-go do. */
    static final int PAGE_SIZE = 500;

    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAGE_TIMEOUT = Duration.ofMinutes(2);
    private static final long MAX_PAGE_BYTES = 1L << 30;

    private final HttpClient http;
    private final String server;
    private final String namespace;
    private final InstantSource clock;

    /**
     * @param client from {@link KubernetesClientFactory#open}; it is the caller who closes it
     * @param namespace where Prow keeps its ProwJobs
     */
    public ProwJobClient(KubernetesClient client, String namespace, InstantSource clock) {
        this.http = client.getHttpClient();
        this.server = client.getConfiguration().getMasterUrl();
        this.namespace = namespace;
        this.clock = clock;
    }

    /** Fetches a page; blocks. */
    ListPage listPage(@Nullable String token) throws KubernetesApiException {
        ProwJobRequest request = ProwJobRequest.list(namespace, PAGE_SIZE, token);
        HttpResponse<InputStream> response = send(request);
        List<Delivery> deliveries = new ArrayList<>();
        try (InputStream body = new BoundedStream(response.body(), MAX_PAGE_BYTES, PAGE_TIMEOUT)) {
            if (!response.isSuccessful()) {
                throw KubernetesApiException.ofStatus(response.code(), request);
            }
            JsonNode metadata = ProwJobListReader.read(
                    body, prowJob -> deliveries.add(prowJob.delivery(ProwJobReflector.NAME, clock.instant())));
            String next = metadata.path("continue").asText();
            return new ListPage(deliveries, metadata.path("resourceVersion").asText(), next.isEmpty() ? null : next);
        } catch (IOException e) {
            throw KubernetesApiException.unreachable(request, e);
        } catch (JournalUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<InputStream> send(ProwJobRequest request) throws KubernetesApiException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                http.sendAsync(http(request).build(), InputStream.class);
        try {
            return answer.get(RESPONSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw KubernetesApiException.unreachable(request, e);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw KubernetesApiException.unreachable(request, e);
        }
    }

    /**
     * Opens a watch; returns at once.
     *
     * @param feed is told of everything that comes, and of the end
     * @param lifetime after which the API server ends it
     * @return ends the watch early
     */
    Runnable watch(String resourceVersion, WatchBuffer feed, Duration lifetime) {
        ProwJobRequest request = ProwJobRequest.watch(namespace, resourceVersion, lifetime);
        CompletableFuture<HttpResponse<AsyncBody>> call =
                http.consumeBytes(http(request).forStreaming().build(), feed::receive);
        call.whenComplete((response, failure) -> {
            if (failure != null) {
                feed.end(KubernetesApiException.unreachable(request, failure));
            } else if (!response.isSuccessful()) {
                response.body().cancel();
                feed.end(KubernetesApiException.ofStatus(response.code(), request));
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
        return http.newHttpRequestBuilder().uri(request.uri(server)).header("Accept", "application/json");
    }
}
