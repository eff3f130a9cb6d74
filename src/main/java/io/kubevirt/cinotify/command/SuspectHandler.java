// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.suspect.SuspectVerdict;
import java.util.List;
import java.util.Optional;

/** {@code /ci-notify suspect #N yes|no}: stores whether a change broke the lane, also of a closed incident. */
final class SuspectHandler extends IncidentCommandHandler {
    private static final Pattern NUMBER = Pattern.compile("#?[1-9][0-9]{0,8}");
    private static final Pattern FULL = Pattern.compile("[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}#[1-9][0-9]{0,8}");

    SuspectHandler() {
        super(
                "suspect",
                List.of("suspect"),
                new CommandHelp.Entry(
                        "/ci-notify suspect #N|ORG/REPO#N|definition yes|no [ID]",
                        false,
                        "Stores whether a pull request, or the lane's own definition, broke the lane; `/ci-notify suggestions`"
                                + " shows how often suspects were right." + WHERE,
                        List.of("/ci-notify suspect #14890 yes", "/ci-notify suspect definition no 6c64f78b1d"),
                        Permission.MANAGE));
    }

    @Override
    boolean needsOpenIncident() {
        return false;
    }

    @Override
    Reply handle(IncidentView incident, Call call) {
        MarkdownReply reply = call.newReply();
        List<String> words = call.arguments().words();
        Optional<String> suspect =
                words.stream().flatMap(word -> suspect(word, incident).stream()).findFirst();
        boolean yes = words.stream().anyMatch("yes"::equalsIgnoreCase);
        boolean no = words.stream().anyMatch("no"::equalsIgnoreCase);
        Optional<String> number = words.stream().filter(NUMBER::matches).findFirst();
        if (suspect.isEmpty() && number.isPresent()) {
            reply.answer("the incident has no repository, so " + reply.code(number.get()) + " is of none: write it as "
                    + reply.code("ORG/REPO#N") + ".");
            return Reply.refused(reply, "no repository");
        }
        if (suspect.isEmpty() || yes == no) {
            reply.answer("name a pull request or " + reply.code("definition") + ", and "
                    + reply.code("yes") + " or " + reply.code("no") + ", as in "
                    + reply.code("/ci-notify suspect #14890 yes") + ".");
            return Reply.refused(reply, "no suspect or verdict");
        }
        call.actions().add(new SuspectVerdict(call.now(), call.author(), incident.id(), suspect.get(), yes));
        reply.answer("stored for incident " + reply.code(incident.id()) + ": " + reply.code(suspect.get())
                + (yes ? " broke it" : " did not break it") + ". Nothing else changed.");
        return Reply.done(reply, reply.code(incident.id()) + ": suspect " + (yes ? "confirmed" : "rejected"));
    }

    private static Optional<String> suspect(String word, IncidentView incident) {
        if (word.equalsIgnoreCase(SuspectVerdict.DEFINITION)) {
            return Optional.of(SuspectVerdict.DEFINITION);
        }
        if (FULL.matches(word)) {
            return Optional.of(word);
        }
        return NUMBER.matches(word)
                ? incident.repository()
                        .map(repository -> repository + "#" + (word.startsWith("#") ? word.substring(1) : word))
                : Optional.empty();
    }
}
