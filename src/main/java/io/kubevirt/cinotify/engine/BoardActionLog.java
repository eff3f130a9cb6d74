// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.command.CommandLogEntry;
import io.kubevirt.cinotify.incident.IncidentAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Records what people do on the board among their commands, and limits both together. */
final class BoardActionLog {
    private static final String CONVERSATION = "board";
    private static final Duration HOUR = Duration.ofHours(1);

    private final IncidentUnitOfWork unitOfWork;
    private final Instant now;

    BoardActionLog(IncidentUnitOfWork unitOfWork, Instant now) {
        this.unitOfWork = unitOfWork;
        this.now = now;
    }

    /** Why a person may do no more now; empty if they may. */
    Optional<String> refusal(String person) {
        int most = unitOfWork.config().file().commands().answersPerPersonOrDefault();
        int done = unitOfWork.transaction().commands().count(now.minus(HOUR), person, null);
        return done < most
                ? Optional.empty()
                : Optional.of("you gave " + done + " commands within an hour, and " + most + " is the limit");
    }

    void add(String verb, String incident, String person) {
        String request = CONVERSATION + " " + verb + " " + incident;
        unitOfWork
                .transaction()
                .commands()
                .add(
                        request + " " + person + " " + now.toEpochMilli(),
                        new CommandLogEntry(
                                now, CONVERSATION, person, verb, request, false, "", verb + " " + incident));
    }

    static String verb(IncidentAction action) {
        return switch (action) {
            case IncidentAction.Acknowledge acknowledge -> "ack";
            case IncidentAction.Snooze snooze -> "snooze";
            case IncidentAction.Reassign reassign -> "reassign";
            case IncidentAction.Resolve resolve -> "resolve";
        };
    }
}
