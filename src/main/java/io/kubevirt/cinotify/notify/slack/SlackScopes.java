// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.methods.response.auth.AuthTestResponse;
import io.kubevirt.cinotify.notify.SendException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The scopes of the bot token: {@code manifests/slack/app.yaml} has the same. */
public final class SlackScopes {
    private static final String HEADER = "x-oauth-scopes";

    private static final Map<String, String> USES = Map.of(
            "chat:write", "to post and edit messages",
            "channels:read", "to find a channel by its name",
            "channels:history", "to find a message after a lost response",
            "groups:history", "the same in private channels",
            "im:history", "the same in direct messages",
            "im:write", "to find the direct messages of a person",
            "commands", "for the command /ci-notify");

    private SlackScopes() {}

    /** Each scope and what it is for. */
    public static SortedMap<String, String> uses() {
        return new TreeMap<>(USES);
    }

    /**
     * Asks Slack which scopes the token lacks; none if Slack does not answer with a list.
     *
     * @throws SendException if Slack refuses the token or does not answer
     */
    public static List<String> missing(SlackApi api) throws SendException {
        AuthTestResponse answer = api.lookUp("the workspace", methods -> methods.authTest(request -> request));
        List<String> lists = answer.getHttpResponseHeaders() == null
                ? List.of()
                : answer.getHttpResponseHeaders().getOrDefault(HEADER, List.of());
        if (lists.isEmpty()) {
            return List.of();
        }
        Set<String> granted = lists.stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
        return uses().keySet().stream()
                .filter(scope -> !granted.contains(scope))
                .toList();
    }
}
