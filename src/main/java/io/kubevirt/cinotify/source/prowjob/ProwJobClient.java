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
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Lists and watches the ProwJobs of one namespace. */
public final class ProwJobClient {
    /** The same as kubectl and client-go. */
    static final int PAGE_SIZE = 500;

    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAGE_TIMEOUT = Duration.ofMinutes(2);
    private static final long MAX_PAGE_BYTES = 1L << 30;

    private final HttpClient http;
    private final String server;
    private final String namespace;
    private final InstantSource clock;

    public ProwJobClient(KubernetesClient client, String namespace, InstantSource clock) {
        this.http = client.getHttpClient();
        this.server = client.getConfiguration().getMasterUrl();
        this.namespace = namespace;
        this.clock = clock;
    }

    /** Blocks. */
    ListPage listPage(@Nullable String continueToken) throws KubernetesApiException {
        ProwJobRequest request = ProwJobRequest.list(namespace, PAGE_SIZE, continueToken);
        HttpResponse<InputStream> response = send(request);
        List<Delivery> deliveries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try (InputStream body = new BoundedStream(response.body(), MAX_PAGE_BYTES, PAGE_TIMEOUT)) {
            if (!response.isSuccessful()) {
                throw KubernetesApiException.ofStatus(response.code(), request);
            }
            JsonNode metadata = ProwJobListReader.read(body, prowJob -> {
                deliveries.add(prowJob.delivery(ProwJobReflector.NAME, clock.instant()));
                names.add(prowJob.name());
            });
            String next = metadata.path("continue").asText();
            return new ListPage(
                    deliveries, names, metadata.path("resourceVersion").asText(), next.isEmpty() ? null : next);
        } catch (IOException e) {
            throw KubernetesApiException.unreachable(request, e);
        } catch (JournalUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<InputStream> send(ProwJobRequest request) throws KubernetesApiException {
        CompletableFuture<HttpResponse<InputStream>> pending =
                http.sendAsync(http(request).build(), InputStream.class);
        try {
            return pending.get(RESPONSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw KubernetesApiException.unreachable(request, e);
        } catch (ExecutionException | TimeoutException e) {
            pending.cancel(true);
            throw KubernetesApiException.unreachable(request, e);
        }
    }

    /** Opens a watch, which the API server ends after {@code lifetime}; returns at once what closes it. */
    Runnable watch(String resourceVersion, WatchBuffer buffer, Duration lifetime) {
        ProwJobRequest request = ProwJobRequest.watch(namespace, resourceVersion, lifetime);
        CompletableFuture<HttpResponse<AsyncBody>> call =
                http.consumeBytes(http(request).forStreaming().build(), buffer::receive);
        call.whenComplete((response, failure) -> {
            if (failure != null) {
                buffer.end(KubernetesApiException.unreachable(request, failure));
            } else if (!response.isSuccessful()) {
                response.body().cancel();
                buffer.end(KubernetesApiException.ofStatus(response.code(), request));
            } else {
                buffer.open();
                // Broken connections are normal; only a failure to reconnect is a problem.
                response.body().done().whenComplete((done, broken) -> buffer.end(null));
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

    /** A watch continues the list at {@code resourceVersion}; {@code continueToken} is null on the last page. */
    record ListPage(
            List<Delivery> deliveries,
            Set<String> names,
            String resourceVersion,
            @Nullable String continueToken) {}

    record ProwJobRequest(String verb, String namespace, String query) {
        static ProwJobRequest list(String namespace, int limit, @Nullable String continueToken) {
            return new ProwJobRequest(
                    "list",
                    namespace,
                    "limit=" + limit + (continueToken == null ? "" : "&continue=" + encode(continueToken)));
        }

        static ProwJobRequest watch(String namespace, String resourceVersion, Duration lifetime) {
            return new ProwJobRequest(
                    "watch",
                    namespace,
                    "watch=true&allowWatchBookmarks=true&resourceVersion=" + encode(resourceVersion)
                            + "&timeoutSeconds=" + lifetime.toSeconds());
        }

        URI uri(String server) {
            String base = server.endsWith("/") ? server : server + "/";
            return URI.create(base + "apis/prow.k8s.io/v1/namespaces/" + encode(namespace) + "/prowjobs?" + query);
        }

        private static String encode(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return verb + " prowjobs.prow.k8s.io in namespace " + namespace;
        }
    }
}
