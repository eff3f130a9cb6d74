// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static io.kubevirt.cinotify.command.DispatcherFixture.ID;
import static io.kubevirt.cinotify.command.DispatcherFixture.LANE;
import static io.kubevirt.cinotify.command.DispatcherFixture.MEMBER;
import static io.kubevirt.cinotify.command.DispatcherFixture.OUTSIDER;
import static io.kubevirt.cinotify.command.DispatcherFixture.TRUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.command.CommandResult.Outcome;
import io.kubevirt.cinotify.roster.Sig;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may use which command on an incident of SIG network, for each kind of person; what is refused changes nothing. */
class AuthorityTest {
    private static final String STORAGE = "pull-kubevirt-e2e-k8s-1.36-sig-storage";

    /** By what allows a command: reading, notifying, handling an incident, a drill. */
    private static final List<List<String>> COMMANDS = List.of(
            List.of("who", "status", "help", "suggestions", "explain", "explain " + ID),
            List.of("", "prow", "sig-network", LANE),
            List.of(
                    "ack " + ID,
                    "snooze 4h " + ID,
                    "reassign prow " + ID,
                    "resolve " + ID,
                    "wrong-cause " + ID,
                    "not-ours prow " + ID,
                    "suspect kubevirt/kubevirt#14880 yes " + ID),
            List.of("drill"));

    /** @param may the number of the kinds of commands that this person may use, in their order */
    private record Person(String who, String handle, int may) {
        @Override
        public String toString() {
            return who;
        }
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                        new Person("a member of the group", MEMBER, 4),
                        new Person("a lead of the SIG", lead("network"), 3),
                        new Person("a lead of another SIG", lead("storage"), 2),
                        new Person("a member of the organization", TRUSTED, 2),
                        new Person("the author of the pull request", "pr-author", 2),
                        new Person("anybody", OUTSIDER, 1))
                .flatMap(person -> COMMANDS.stream().flatMap(kind -> kind.stream()
                        .map(command -> Arguments.of(person, command, COMMANDS.indexOf(kind) < person.may()))));
    }

    private static String lead(String sig) {
        Permissions permissions = new DispatcherFixture().environment().permissions();
        return permissions.sigs().people(sig).stream()
                .map(Sig.Person::handle)
                .filter(handle -> !permissions.isMember(handle))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}: /ci-notify {1}: {2}")
    @MethodSource("cases")
    void aCommandIsExecutedIfThePersonMayUseIt(Person person, String command, boolean allowed) {
        DispatcherFixture conversation = new DispatcherFixture();
        conversation.incident(ID, LANE, "network");
        conversation.failedCheck(STORAGE, true);

        Outcome outcome =
                conversation.writes(person.handle(), "/ci-notify " + command).outcome();

        assertThat(outcome != Outcome.REFUSED).isEqualTo(allowed);
        if (!allowed) {
            assertThat(conversation.openedIncidents).isEmpty();
            assertThat(conversation.appliedActions).isEmpty();
            assertThat(conversation.feedback).isEmpty();
            assertThat(conversation.verdicts).isEmpty();
        }
    }
}
