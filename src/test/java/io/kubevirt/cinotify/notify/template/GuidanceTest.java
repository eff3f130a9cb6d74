// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.routing.Cause;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuidanceTest {

    @Test
    void theMostSpecificEntryWins() {
        List<Guidance> all = List.of(
                new Guidance(null, null, null, Cause.TEST, "ask the SIG", "https://example.org/test"),
                new Guidance(null, null, "sig-support", null, "look at the area", null),
                new Guidance("second NIC gets no address", null, null, null, "wait for the fix", null));

        MessageLayout layout = new MessageModelFactory(Links.none().with(all), handle -> null)
                .create(SampleMessages.full(NotificationKind.OPENED))
                .layout();

        assertThat(layout.next()).isNotNull();
        assertThat(layout.next().render(new PlainTextMarkup())).isEqualTo("Next: wait for the fix");
        assertThat(layout.links()).isNotNull();
        assertThat(layout.links().render(new PlainTextMarkup()))
                .as("each value comes from the most specific entry that has it")
                .endsWith("runbook https://example.org/test");
    }

    @Test
    void anEntryForAnotherCauseDoesNotApply() {
        List<Guidance> all = List.of(new Guidance(null, null, null, Cause.BUILD, "rebase", null));

        assertThat(new MessageModelFactory(Links.none().with(all), handle -> null)
                        .create(SampleMessages.full(NotificationKind.OPENED))
                        .layout()
                        .next())
                .isNull();
    }
}
