// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.incident.NotificationKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who gets messages as JSON, as it is written. */
public record WebhookBlock(
        @JsonProperty(required = true) @JsonPropertyDescription("Where to, with http:// or https://.")
        String url,

        @JsonPropertyDescription("File with the key of the signature, relative to this file; not signed if absent.")
        @Nullable String secretFile,

        @JsonPropertyDescription("Only incidents of these areas; of all if absent.") @Nullable List<String> areas,

        @JsonPropertyDescription("Only messages of these kinds; of all if absent.") @Nullable List<NotificationKind> kinds) {}
