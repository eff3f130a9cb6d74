// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.engine.IncidentUnitOfWork;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.List;

/** What those who answer comments need, of one sitting. */
public final class CommentContextAdapter implements CommentContext {

    private final IncidentUnitOfWork unitOfWork;

    public CommentContextAdapter(IncidentUnitOfWork sitting) {
        this.unitOfWork = sitting;
    }

    @Override
    public Transaction transaction() {
        return unitOfWork.transaction();
    }

    @Override
    public Instant now() {
        return unitOfWork.now();
    }

    @Override
    public List<IncidentView> incidents() {
        return unitOfWork.incidents();
    }

    @Override
    public List<String> notifiedIncidents(String place) {
        return unitOfWork.transaction().messages().threadsAt(GitHubChannel.NAME, place);
    }

    @Override
    public io.kubevirt.cinotify.command.IncidentActions actions() {
        return unitOfWork.incidentActions();
    }

    @Override
    public void enqueue(OutgoingMessage.TextMessage letter, List<String> why) {
        unitOfWork.outbox().add(letter);
    }

    @Override
    public void markAnswered(String delivery, OutgoingMessage.TextMessage letter, List<String> why) {
        unitOfWork.transaction().deliveries().notified(delivery, letter.id(), why, unitOfWork.now());
    }
}
