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
package io.kubevirt.cinotify.notice.webhook;

import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.http.Answer;
import io.kubevirt.cinotify.notice.http.Server;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Posts each message as JSON to whoever wants it. What may have arrived is posted again under the same idempotency key:
 * that is how a receiver knows it again.
 */
public final class WebhookChannel implements Channel {

    /** By what settings, the outbox and metrics know it. */
    public static final String NAME = "webhook";

    /** The header with the identity of a message; the same for each attempt. */
    static final String KEY_HEADER = "Idempotency-Key";

    private final Server server;
    private final Supplier<List<WebhookTarget>> targets;

    /** @param targets asked anew for each message, since settings change */
    public WebhookChannel(Server server, Supplier<List<WebhookTarget>> targets) {
        this.server = server;
        this.targets = targets;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Abilities abilities() {
        return new Abilities(false, false, false);
    }

    @Override
    public List<String> places(Content content) {
        return switch (content) {
            case Content.IncidentNews news ->
                targets.get().stream()
                        .filter(target -> target.wants(news.message()))
                        .map(WebhookTarget::name)
                        .toList();
            case Content.Letter letter -> letter.channel().equals(NAME) ? List.of(letter.place()) : List.of();
        };
    }

    @Override
    public Receipt post(Saying saying) {
        Optional<WebhookTarget> target = targets.get().stream()
                .filter(each -> each.name().equals(saying.place()))
                .findFirst();
        if (target.isEmpty()) {
            return new Receipt.Refused(
                    "the settings have no webhook " + saying.place() + " any more: nobody waits for it");
        }
        try {
            return receipt(saying, server.send(request(target.get(), saying)));
        } catch (Failed e) {
            // It would be no harm to post it again; but whoever may have heard of the beginning must hear of the end.
            // Each webhook has a server and a secret of its own: what is wrong with one is no other's trouble.
            return e.receipt() instanceof Receipt.Later later ? later.ofPlace() : e.receipt();
        }
    }

    /** Never asked for by the outbox; the receiver would take it as news. */
    @Override
    public Receipt edit(Saying saying, String root) {
        return post(saying);
    }

    /** Never asked for by the outbox; the receiver would take it as news. */
    @Override
    public Receipt reply(Saying saying, String root) {
        return post(saying);
    }

    @Override
    public Lookup findRoot(Saying saying) {
        return new Lookup.Missing();
    }

    @Override
    public Lookup findReply(Saying saying, String root) {
        return new Lookup.Missing();
    }

    private static HttpRequest request(WebhookTarget target, Saying saying) throws Failed {
        byte[] body = WebhookBody.of(saying).json();
        HttpRequest.Builder request = HttpRequest.newBuilder(target.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "ci-notify")
                .header(KEY_HEADER, saying.marker())
                .POST(BodyPublishers.ofByteArray(body));
        if (target.secret() != null) {
            request.header(Signature.HEADER, Signature.of(body, target.secret().read()));
        }
        return request.build();
    }

    private static Receipt receipt(Saying saying, Answer answer) {
        String said = "the webhook " + saying.place() + " answered " + answer.status() + " (" + answer.shown() + ")";
        if (answer.isGood()) {
            return new Receipt.Written(saying.marker());
        }
        return switch (answer.status()) {
            case 425, 429 -> new Receipt.Later(answer.retryAfter(), said);
            case 401, 403 -> new Receipt.Later(SecretFile.MENDING, said + ": mend its secret, or its address");
            case 404, 405 -> new Receipt.Later(SecretFile.MENDING, said + ": mend its address in the settings");
            case 410 -> new Receipt.Refused(said + ": take it out of the settings");
            case 413 -> new Receipt.Refused(said + ": let it take larger bodies");
            // Both say that nothing was done; any other trouble may have come after it was.
            case 408, 503 -> new Receipt.Later(answer.retryAfter(), said);
            default ->
                answer.isTrouble()
                        ? new Receipt.Unknown(said)
                        : new Receipt.Refused(
                                answer.status() / 100 == 3
                                        ? said + ": give the address to which it sends us"
                                        : said + ": config/webhook.schema.json says what it gets");
        };
    }
}
