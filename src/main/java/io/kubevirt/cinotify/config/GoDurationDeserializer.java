// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import io.kubevirt.cinotify.prow.GoDuration;
import java.io.IOException;
import java.time.Duration;

/** Times as Prow's configuration writes them: {@code 24h}, {@code 1h30m}. */
final class GoDurationDeserializer extends FromStringDeserializer<Duration> {
    private static final long serialVersionUID = 1L;

    GoDurationDeserializer() {
        super(Duration.class);
    }

    @Override
    protected Duration _deserialize(String text, DeserializationContext context) throws IOException {
        return GoDuration.parse(text)
                .orElseThrow(() -> context.weirdStringException(text, Duration.class, "not a time"));
    }
}
