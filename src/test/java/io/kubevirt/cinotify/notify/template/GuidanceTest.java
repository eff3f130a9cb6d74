// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.routing.Cause;
import java.net.URI;
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
    void everyMessageLinksThePageOfItsIncident() {
        Links links = Links.none().with(URI.create("https://ci.example.org/notify/"));
        for (NotificationKind kind : NotificationKind.values()) {
            for (Notification notification :
                    List.of(SampleMessages.full(kind), SampleMessages.bare(kind), SampleMessages.request(kind))) {
                MessageLayout layout = new MessageModelFactory(links, handle -> null)
                        .create(notification)
                        .layout();
                assertThat(layout.links()).as(kind.value()).isNotNull();
                assertThat(layout.links().render(new PlainTextMarkup()))
                        .endsWith("board https://ci.example.org/notify/i/"
                                + notification.incident().id());
            }
        }
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
