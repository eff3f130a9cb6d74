// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.slack.SlackRequest;
import io.kubevirt.cinotify.notify.slack.SlackResponder;
import io.kubevirt.cinotify.notify.template.SlackMrkdwn;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.TimeRange;
import io.kubevirt.cinotify.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The Home tab: the open incidents of a person and the duty of the next seven days. */
record SlackHome(Store store, SlackResponder responder, InstantSource clock) {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MAX_INCIDENTS = 20;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    void show(SlackRequest request, Config config) {
        responder.showHome(
                request,
                responder
                        .handleOf(request)
                        .map(handle -> parts(handle, config))
                        .orElseGet(() -> List.of("Your Slack id " + request.user()
                                + " belongs to no member: ask the group to add it as `roster.members.LOGIN.slack`.")));
    }

    private List<String> parts(String handle, Config config) {
        List<String> parts = new ArrayList<>(List.of("*Your open incidents*"));
        List<IncidentView> mine = store
                .read(transaction -> transaction.incidents().open())
                .stream()
                .filter(incident -> handle.equalsIgnoreCase(incident.responsible())
                        || handle.equalsIgnoreCase(incident.acknowledgedBy()))
                .toList();
        mine.stream().limit(MAX_INCIDENTS).map(SlackHome::incident).forEach(parts::add);
        parts.add(
                mine.isEmpty()
                        ? "None."
                        : "`/ci-notify ack ID` acknowledges one, `/ci-notify explain ID` shows the reasons.");
        Optional<Member> member = config.roster().member(handle);
        parts.add("*Your week*");
        parts.add(member.map(each -> week(each, config.roster())).orElse("You are not in the table of the group."));
        return parts;
    }

    private static String incident(IncidentView incident) {
        SlackMrkdwn mrkdwn = new SlackMrkdwn();
        String state = incident.snoozedUntil() != null
                ? ", snoozed until " + mrkdwn.timestamp(incident.snoozedUntil())
                : incident.acknowledgedBy() == null
                        ? ", not acknowledged"
                        : ", acknowledged by " + mrkdwn.text(incident.acknowledgedBy());
        return "• " + mrkdwn.code(incident.id()) + " " + mrkdwn.text(incident.title()) + ", since "
                + mrkdwn.timestamp(incident.since()) + state;
    }

    private String week(Member member, Roster roster) {
        Instant now = clock.instant();
        SlackMrkdwn mrkdwn = new SlackMrkdwn();
        ZoneId zone = member.schedule().zone().id();
        String lines = roster.duty(new TimeRange(now, now.plus(WEEK)), member.handle()).stream()
                .map(duty -> "• " + DAY.format(duty.time().start().atZone(zone)) + " to "
                        + TIME.format(duty.time().end().atZone(zone)) + ": " + mrkdwn.text(duty.title()))
                .collect(Collectors.joining("\n"));
        return lines.isEmpty()
                ? "Not on duty in the next seven days."
                : "On duty, in the time of " + mrkdwn.text(zone.toString()) + ":\n" + lines;
    }
}
