// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;

/**
 * Who may use which command.
 *
 * @param roster the members of the CI operations group
 * @param aliases the SIGs' groups in OWNERS_ALIASES
 */
public record Permissions(Roster roster, SigDirectory sigs, OwnersAliases aliases) {
    public enum Permission {
        READ("anyone"),
        /** Commands that notify people: for everybody whom Prow trusts, and the author of the pull request. */
        NOTIFY("members of the organization, collaborators, and the author of a pull request on that pull request"),
        MANAGE("the CI operations group and the people of the SIG concerned"),
        DRILL("the CI operations group");
        private final String grantedTo;

        Permission(String grantedTo) {
            this.grantedTo = grantedTo;
        }

        public String grantedTo() {
            return grantedTo;
        }

        /** Whether such commands work in a chat, where there is no pull request to notify people about. */
        boolean inChat() {
            return this == READ || this == MANAGE;
        }
    }

    /** Whether the roster, sigs.yaml or OWNERS_ALIASES lists somebody; then GitHub is not asked. */
    public boolean isListed(String handle) {
        return isMember(handle)
                || sigs.handles().contains(handle)
                || aliases.handles().contains(handle);
    }

    boolean isMember(String handle) {
        return roster.member(handle).isPresent();
    }

    boolean mayNotify(CommandContext context) {
        Comment comment = context.comment();
        boolean ownPull = comment.conversation().pull() && comment.isByAuthor();
        return ownPull || context.trusted() || isListed(comment.author());
    }

    boolean mayHandle(String handle, Diagnosis diagnosis) {
        return mayHandle(handle, diagnosis.hasSig() ? diagnosis.sig() : "");
    }

    /** Whether somebody may acknowledge, snooze, reassign and close incidents of a SIG; it is empty for none. */
    public boolean mayHandle(String handle, String sig) {
        return isMember(handle) || !sig.isEmpty() && isOfSig(handle, sig);
    }

    private boolean isOfSig(String handle, String sig) {
        boolean leads =
                sigs.people(sig).stream().anyMatch(person -> person.handle().equalsIgnoreCase(handle));
        String group = TargetResolver.sigName(sig);
        return leads
                || aliases.names().stream()
                        .filter(name -> name.equals(group) || name.startsWith(group + "-"))
                        .anyMatch(name -> aliases.people(name).orElseThrow().contains(handle));
    }
}
