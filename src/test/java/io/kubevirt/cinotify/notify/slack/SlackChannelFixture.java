// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.SampleMessages;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.roster.WorkingHours;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Slack channel with a fake workspace. */
final class SlackChannelFixture implements AutoCloseable {

    static final String CHANNEL = "ci-alerts";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    final FakeSlack slack = new FakeSlack().channel("random").channel(CHANNEL).channel("network");
    final Path token;
    final SlackApi api;
    final SlackChannel channel;
    private final SlackFormatter formatter;
    JobConfig jobs = JobConfig.EMPTY;
    SlackConfig config = new SlackConfig(CHANNEL, null, null, null, null, null);
    List<MemberOverride> people = List.of();

    SlackChannelFixture(Path folder) {
        this(folder, null, null);
    }

    SlackChannelFixture(Path folder, URI elsewhere, ActionButtons buttons) {
        try {
            token = Files.writeString(folder.resolve("token"), FakeSlack.TOKEN + "\n");
            Templates templates = Templates.open(TemplateSet.SLACK, null);
            api = new SlackApi(elsewhere == null ? slack.endpoint() : elsewhere, new SecretFile(token), TIMEOUT);
            formatter = new SlackFormatter(() -> templates, Links::none, this::context, buttons);
            channel = new SlackChannel(api, this::context, formatter);
        } catch (IOException | InvalidConfigException e) {
            throw new AssertionError(e);
        }
    }

    /** The same channel with a client that soon times out. */
    SlackChannel withTimeout(Duration timeout) {
        return new SlackChannel(
                new SlackApi(slack.endpoint(), new SecretFile(token), timeout), this::context, formatter);
    }

    SlackContext context() {
        return new SlackContext(
                config,
                Seed.roster(people.toArray(MemberOverride[]::new)),
                new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, people),
                SigDirectory.empty(),
                jobs);
    }

    static MemberOverride person(String handle, String slackUser) {
        return new MemberOverride(handle, null, null, null, slackUser, List.of(), List.of());
    }

    static AddressedMessage addressed(NotificationKind kind) {
        return addressed(SampleMessages.full(kind), CHANNEL);
    }

    static AddressedMessage addressed(Notification notification, String destination) {
        return new AddressedMessage(
                "slack", destination, new OutgoingMessage.IncidentMessage(notification, List.of("because")));
    }

    /** Writes the root of the example incident. */
    String root() {
        return ((SendResult.Sent) channel.post(addressed(NotificationKind.OPENED))).reference();
    }

    @Override
    public void close() {
        slack.close();
    }
}
