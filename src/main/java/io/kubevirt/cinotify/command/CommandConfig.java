// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@SuppressWarnings("NullAway") // An absent key arrives as null; the constructor puts its default.
public record CommandConfig(
        @JsonPropertyDescription("Logins of bots that GitHub lists as users; their comments are never commands.")
        @Nullable List<String> bots,

        @JsonPropertyDescription("How often one person can notify people within an hour; 5 if absent.") @Nullable Integer callsPerPerson,

        @JsonPropertyDescription("How often people can be notified from one conversation within an hour; 10 if absent.")
        @Nullable Integer callsPerConversation,

        @JsonPropertyDescription("How many commands of one person get a reply within an hour; 30 if absent.") @Nullable Integer answersPerPerson,

        @JsonPropertyDescription(
                "Comments on pull requests to the job configuration; if absent, /ci-notify jobs does not work.")
        @Nullable JobCommentConfig jobs) {
    private static final int CALLS_PER_PERSON = 5;
    private static final int CALLS_PER_CONVERSATION = 10;
    private static final int ANSWERS_PER_PERSON = 30;

    public static CommandConfig orDefault(@Nullable CommandConfig written) {
        return written == null ? new CommandConfig(null, null, null, null, null) : written;
    }

    public void check(ConfigValidator check) {
        if (jobs != null) {
            jobs.check(check.at("jobs"));
        }
    }

    /** The logins in lower case. */
    public Set<String> botHandles() {
        return Objects.requireNonNullElse(bots, List.<String>of()).stream()
                .map(handle -> handle.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    public int callsPerPersonOrDefault() {
        return Objects.requireNonNullElse(callsPerPerson, CALLS_PER_PERSON);
    }

    public int callsPerConversationOrDefault() {
        return Objects.requireNonNullElse(callsPerConversation, CALLS_PER_CONVERSATION);
    }

    public int answersPerPersonOrDefault() {
        return Objects.requireNonNullElse(answersPerPerson, ANSWERS_PER_PERSON);
    }
}
