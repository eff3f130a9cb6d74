// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A receiver of JSON: an entry of {@code webhooks} in the configuration file. */
public record WebhookConfig(
        @JsonProperty(required = true) @JsonPropertyDescription("Target, with http:// or https://.")
        String url,

        @JsonPropertyDescription("File with the HMAC key, relative to this file; requests are not signed without it.")
        @Nullable String secretFile,

        @JsonPropertyDescription("Only incidents of these areas; default all.")
        List<String> areas,

        @JsonPropertyDescription("Only notifications of these kinds; default all.")
        List<NotificationKind> kinds) {
    /** Copies the lists; absent ones become empty. */
    public WebhookConfig {
        areas = areas == null ? List.of() : List.copyOf(areas);
        kinds = kinds == null ? List.of() : List.copyOf(kinds);
    }

    boolean accepts(Notification notification) {
        return (areas.isEmpty()
                        || areas.contains(notification.incident().diagnosis().area()))
                && (kinds.isEmpty() || kinds.contains(notification.kind()));
    }

    /** All receivers, by name: one channel, with the names as destinations. */
    public record All(Map<String, WebhookConfig> byName) implements ChannelConfig {
        @Override
        public void check(ConfigValidator check) {
            byName.forEach((name, webhook) -> {
                ChannelConfig.checkUrl(webhook.url(), check, name, "url");
                for (int index = 0; index < webhook.areas().size(); index++) {
                    check.area(webhook.areas().get(index), name, "areas", index);
                }
            });
        }

        @Override
        public Map<List<String>, String> secretFiles() {
            Map<List<String>, String> files = new LinkedHashMap<>();
            byName.forEach((name, webhook) -> {
                if (webhook.secretFile() != null) {
                    files.put(List.of(name, "secretFile"), webhook.secretFile());
                }
            });
            return files;
        }

        @Override
        public Map<List<String>, String> urls() {
            Map<List<String>, String> urls = new LinkedHashMap<>();
            byName.forEach((name, webhook) -> urls.put(List.of(name, "url"), webhook.url()));
            return urls;
        }

        @Override
        public Channel open(ChannelContext context) {
            return new WebhookChannel(
                    context.httpClient(), context.current(All.class, this), context::secret, context.links());
        }
    }
}
