// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.source.webhook.WebhookHandler.InFlightLimit;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {

    @Test
    void bodiesInMemoryAreLimited() {
        InFlightLimit bytes = new InFlightLimit(100);

        assertThat(bytes.tryAcquire(60)).isTrue();
        assertThat(bytes.tryAcquire(60)).isFalse();
        assertThat(bytes.tryAcquire(40)).isTrue();
        bytes.release(60);
        assertThat(bytes.tryAcquire(60)).isTrue();
    }

    @Test
    void oneBodyIsAlwaysAdmitted() {
        assertThat(new InFlightLimit(10).tryAcquire(60)).isTrue();
    }
}
