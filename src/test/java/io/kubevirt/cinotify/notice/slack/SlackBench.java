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
package io.kubevirt.cinotify.notice.slack;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.template.ExampleMessages;
import io.kubevirt.cinotify.notice.template.Links;
import io.kubevirt.cinotify.notice.template.TemplateSet;
import io.kubevirt.cinotify.notice.template.Templates;
import io.kubevirt.cinotify.roster.MemberOverlay;
import io.kubevirt.cinotify.roster.Overlay;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.roster.WorkingHours;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Slack channel of ours that speaks to a fake workspace. */
final class SlackBench implements AutoCloseable {

    static final String CHANNEL = "ci-alerts";
    static final Duration PATIENCE = Duration.ofMillis(700);

    final FakeSlack slack = new FakeSlack().channel("random").channel(CHANNEL).channel("network");
    final Path token;
    final SlackApi api;
    final SlackChannel channel;
    SlackPlaces places = new SlackPlaces(CHANNEL, Map.of(), Map.of(), false);
    List<MemberOverlay> people = List.of();

    SlackBench(Path folder) {
        this(folder, null, null);
    }

    SlackBench(Path folder, URI elsewhere, ButtonRow buttons) {
        try {
            token = Files.writeString(folder.resolve("token"), FakeSlack.TOKEN + "\n");
            Templates templates = Templates.open(TemplateSet.SLACK, null);
            api = new SlackApi(elsewhere == null ? slack.endpoint() : elsewhere, new SecretFile(token), PATIENCE);
            SlackLayout layout = new SlackLayout(() -> templates, Links::none, this::directory, buttons);
            channel = new SlackChannel(api, this::directory, layout);
        } catch (IOException | InvalidDocument e) {
            throw new AssertionError(e);
        }
    }

    SlackDirectory directory() {
        return new SlackDirectory(
                places,
                Seed.roster(people.toArray(MemberOverlay[]::new)),
                new Overlay("ci-notify.yaml", WorkingHours.OFFICE, people),
                SigDirectory.empty());
    }

    static MemberOverlay person(String handle, String slackUser) {
        return new MemberOverlay(handle, null, null, null, slackUser, List.of(), List.of());
    }

    static Saying saying(MessageKind kind) {
        return saying(ExampleMessages.full(kind), CHANNEL);
    }

    static Saying saying(Message message, String place) {
        return new Saying("slack", place, new Content.IncidentNews(message, List.of("because")));
    }

    /** Writes the root of the example incident. */
    String root() {
        return ((Receipt.Written) channel.post(saying(MessageKind.OPENED))).reference();
    }

    @Override
    public void close() {
        slack.close();
    }
}
