// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

public final class LimitedBodySubscriber implements BodySubscriber<byte[]> {
    private final int limit;
    private final boolean truncate;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private LimitedBodySubscriber(int limit, boolean truncate) {
        this.limit = limit;
        this.truncate = truncate;
    }

    /** Returns the first bytes of a longer body. */
    public static BodyHandler<byte[]> truncatingAt(int limit) {
        return head -> new LimitedBodySubscriber(limit, true);
    }

    /** Fails with an {@link IOException} for a longer body. */
    public static BodyHandler<byte[]> failingAbove(int limit) {
        return head -> new LimitedBodySubscriber(limit, false);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        boolean exceeded = false;
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[Math.min(buffer.remaining(), limit - received.size())];
            buffer.get(bytes);
            received.writeBytes(bytes);
            exceeded = exceeded || buffer.hasRemaining();
        }
        if (truncate && received.size() == limit) {
            cancel();
            body.complete(received.toByteArray());
        } else if (exceeded) {
            cancel();
            body.completeExceptionally(new IOException("the response is longer than " + limit + " bytes"));
        }
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable cause) {
        body.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
        body.complete(received.toByteArray());
    }
}
