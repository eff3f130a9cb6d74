// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.pagerduty;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Alerts on PagerDuty: {@code pagerduty} in the configuration file. */
public record PagerDutyConfig(
        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "File with the integration key (Events API v2) of a service, relative to this file. Blocking incidents that"
                        + " nobody acknowledges in time open an alert.")
        String routingKeyFile,

        @JsonPropertyDescription(
                "URL of the Events API; default https://events.pagerduty.com, in the EU https://events.eu.pagerduty.com.")
        String url,

        @JsonPropertyDescription(
                "Who can read the service: public (everybody) or private, which gets private incidents too; default"
                        + " public.")
        Visibility visibility)
        implements ChannelConfig {
    /** Absent values get their defaults. */
    public PagerDutyConfig {
        url = Objects.requireNonNullElse(url, "https://events.pagerduty.com");
        visibility = Objects.requireNonNullElse(visibility, Visibility.PUBLIC);
    }

    @Override
    public void check(ConfigValidator check) {
        ChannelConfig.checkUrl(url, check, "url");
    }

    @Override
    public Map<List<String>, String> secretFiles() {
        return Map.of(List.of("routingKeyFile"), routingKeyFile);
    }

    @Override
    public Map<List<String>, String> urls() {
        return Map.of(List.of("url"), url);
    }

    @Override
    public Channel open(ChannelContext context) {
        return new PagerDutyChannel(
                context.httpClient(),
                context.current(PagerDutyConfig.class, this),
                context::secret,
                MessageRenderer.of(TemplateSet.PLAIN, context, handle -> null));
    }

    URI events() {
        return URI.create(url + (url.endsWith("/") ? "" : "/") + "v2/enqueue");
    }
}
