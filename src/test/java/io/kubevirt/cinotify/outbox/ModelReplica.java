// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.outbox;

import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage.IncidentMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.WriteGuard;
import io.kubevirt.cinotify.outbox.MessageClaimer.ClaimedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replica in the middle of a step. {@link ChannelInvoker} runs again with the answers so far, up to the first call without
 * one: {@code pending}.
 *
 * @param writing what the pending call writes; null if it only reads
 * @param lost whether its claim was ended
 * @param window whether that happened between the check of the claim and the write
 */
record ModelReplica(
        ClaimedMessage claimed,
        List<String> answers,
        @Nullable Call pending,
        @Nullable Notification writing,
        ChannelInvoker.@Nullable Outcome outcome,
        boolean lost,
        boolean window,
        boolean permitted) {

    enum Call {
        GUARD,
        FIND,
        READ_BACK,
        POST,
        EDIT,
        REPLY
    }

    static ModelReplica of(OutboxModel model, ClaimedMessage claimed) {
        return run(model, claimed, List.of(), false, false, false);
    }

    /** Another replica takes over, but this one goes on. */
    ModelReplica overtaken() {
        return new ModelReplica(claimed, answers, pending, writing, outcome, true, permitted, permitted);
    }

    ModelReplica answered(OutboxModel model, String answer, boolean nowPermitted) {
        List<String> longer = new ArrayList<>(answers);
        longer.add(answer);
        return run(model, claimed, longer, lost, window, nowPermitted);
    }

    private static ModelReplica run(
            OutboxModel model,
            ClaimedMessage claimed,
            List<String> answers,
            boolean lost,
            boolean window,
            boolean permitted) {
        Port port = new Port(model, answers);
        try {
            ChannelInvoker.Outcome outcome = new ChannelInvoker(port, claimed, port::guard).invoke();
            return new ModelReplica(claimed, answers, null, null, outcome, lost, window, permitted);
        } catch (WriteGuard.DeniedException e) {
            ChannelInvoker.Outcome denied = new ChannelInvoker.Outcome.Failed(
                    new SendResult.RetryLater(Duration.ZERO, "denied"),
                    claimed.row().uncertain());
            return new ModelReplica(claimed, answers, null, null, denied, lost, window, permitted);
        } catch (Suspended e) {
            return new ModelReplica(claimed, answers, e.call, e.writing, null, lost, window, permitted);
        }
    }

    private static final class Suspended extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Call call;
        private final transient @Nullable Notification writing;

        Suspended(Call call, @Nullable Notification writing) {
            super(null, null, false, false);
            this.call = call;
            this.writing = writing;
        }
    }

    /** The service as seen by one replica: gives the answers chosen so far. */
    static final class Port implements Channel {
        private final OutboxModel model;
        private final Iterator<String> answers;

        Port(OutboxModel model, List<String> answers) {
            this.model = model;
            this.answers = answers.iterator();
        }

        private String next(Call call) {
            return next(call, null);
        }

        private String next(Call call, @Nullable Notification writing) {
            if (!answers.hasNext()) {
                throw new Suspended(call, writing);
            }
            return answers.next();
        }

        void guard() {
            if (next(Call.GUARD).equals("denied")) {
                throw new WriteGuard.DeniedException("denied");
            }
        }

        private SendResult write(AddressedMessage message, Call call) {
            message.beforeWrite();
            String answer = next(call, ((IncidentMessage) message.message()).notification());
            return answer.startsWith("sent ")
                    ? new SendResult.Sent(answer.substring("sent ".length()))
                    : answer.equals("later")
                            ? new SendResult.RetryLater(Duration.ZERO, "later")
                            : new SendResult.Unknown("unknown");
        }

        private LookupResult find() {
            String answer = next(Call.FIND);
            if (answer.equals("unclear")) {
                return new LookupResult.Inconclusive(Duration.ZERO, "unclear");
            }
            return answer.startsWith("found ")
                    ? new LookupResult.Found(answer.substring("found ".length()))
                    : new LookupResult.NotFound();
        }

        @Override
        public String name() {
            return "model";
        }

        @Override
        public ChannelCapabilities capabilities() {
            return model.capabilities;
        }

        @Override
        public boolean repliesBeforeEdit(NotificationKind kind, String root) {
            return kind == NotificationKind.RESOLVED && model.commentsBeforeEdit();
        }

        @Override
        public Audience audience(String destination) {
            return Audience.PRIVATE;
        }

        @Override
        public List<String> destinations(OutgoingMessage content) {
            return List.of("room");
        }

        @Override
        public SendResult post(AddressedMessage addressed) {
            return write(addressed, Call.POST);
        }

        @Override
        public SendResult edit(AddressedMessage addressed, String root) {
            return write(addressed, Call.EDIT);
        }

        @Override
        public SendResult reply(AddressedMessage addressed, String root) {
            return write(addressed, Call.REPLY);
        }

        @Override
        public ReadBackResult readBack(AddressedMessage addressed, String root) {
            return switch (next(Call.READ_BACK)) {
                case "matches" -> new ReadBackResult.Matches();
                case "unclear" ->
                    new ReadBackResult.Inconclusive(Duration.ZERO, SendResult.Scope.DESTINATION, "unclear");
                default -> new ReadBackResult.Differs("an earlier state");
            };
        }

        @Override
        public LookupResult findRoot(AddressedMessage addressed) {
            return find();
        }

        @Override
        public LookupResult findReply(AddressedMessage addressed, String root) {
            return find();
        }
    }
}
