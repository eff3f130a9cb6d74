// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.MorningNote;
import io.kubevirt.cinotify.engine.VisibilityResolver;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.outbox.OutboxWriter;
import io.kubevirt.cinotify.store.DigestQuery.DigestIncident;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sends each member who asked for it a note at the start of the working day, as a direct message. As with digests, the ID of the
 * message follows from the day and the member, so that it is sent once.
 */
@ApplicationScoped
public class MorningNoteScheduler {
    private final Store store;
    private final ConfigAgent config;
    private final Channels channels;
    private final InstantSource clock;

    public MorningNoteScheduler(Store store, ConfigAgent config, Channels channels, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.channels = channels;
        this.clock = clock;
    }

    @Scheduled(every = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        Config current = config.get();
        current.file().roster().members().forEach((handle, member) -> {
            String channel = member.morningNote();
            if (channel != null) {
                current.roster()
                        .member(handle)
                        .flatMap(each -> MorningNote.due(each, clock.instant()))
                        .ifPresent(note -> send(note, handle, channel));
            }
        });
    }

    /** Nothing without an address of the member, which check-config reports. */
    private void send(MorningNote note, String handle, String channel) {
        channels.byName(channel).flatMap(open -> open.directMessages(handle)).ifPresent(destination -> {
            Audience reader = channels.audience(channel, destination);
            String id = id(note);
            store.read(transaction -> transaction.messages().contains(id)
                            ? Optional.<Digest>empty()
                            : page(note, reader, transaction))
                    .ifPresent(page -> store.inTransaction(transaction -> {
                        new OutboxWriter(channels, transaction, clock.instant())
                                .add(new TextMessage(
                                        id,
                                        id,
                                        channel,
                                        destination,
                                        page.title(),
                                        page.body(),
                                        false,
                                        page.slackBody()));
                        return true;
                    }));
        });
    }

    /** The ID is part of hidden markers, which allow letters and digits only. */
    private static String id(MorningNote note) {
        return note.id().replaceAll("[^A-Za-z0-9]", "-");
    }

    private Optional<Digest> page(MorningNote note, Audience reader, Transaction transaction) {
        VisibilityPolicy.Selection<IncidentView> incidents = new VisibilityResolver(config.get(), transaction)
                .select(
                        reader,
                        transaction
                                .digests()
                                .incidents(note.away().from(), note.away().until())
                                .stream()
                                .map(DigestIncident::incident)
                                .filter(note::concerns)
                                .toList());
        return note.page(incidents.shown(), incidents.note().stream().toList());
    }
}
