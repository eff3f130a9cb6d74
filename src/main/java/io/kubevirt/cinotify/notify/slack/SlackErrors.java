// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.SendResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Slack's error words mean for a message, and what the operator can do. What an operator can mend is tried again for
 * as long as the outbox has patience: the message is not to be lost for a token that is rotated within the hour.
 */
final class SlackErrors {

    /** Slack's own words of an error, where it gave them. */
    record ErrorResponse(
            String code, @Nullable String needed, @Nullable String provided) {}

    private final SecretFile token;

    /** @param token where the operator puts the token */
    SlackErrors(SecretFile token) {
        this.token = token;
    }

    /**
     * An answer with {@code ok: false}.
     *
     * @param destination the channel that it was about
     * @param after what Slack said with Retry-After
     */
    SendResult toResult(ErrorResponse error, String destination, Duration after) {
        return switch (error.code()) {
            case "invalid_auth",
                    "not_authed",
                    "token_revoked",
                    "token_expired",
                    "account_inactive",
                    "not_allowed_token_type" ->
                new SendResult.RetryLater(
                        SecretFile.OPERATOR_RETRY_DELAY,
                        SendResult.Scope.CHANNEL,
                        "Slack refuses the token (" + error.code() + "): put a valid bot token into " + token.path()
                                + "; it is read again by itself");
            case "missing_scope" -> retryLater(missingScope(error));
            case "channel_not_found" ->
                retryLater("Slack knows no channel " + destination
                        + ", or hides it from the app: mend the name in the settings,"
                        + " or invite the app to the channel");
            case "not_in_channel" ->
                retryLater("the app is not in the channel " + destination + ": type /invite and the app's name there");
            case "restricted_action", "team_access_not_granted", "no_permission", "org_login_required" ->
                retryLater("the workspace does not allow this at " + destination + " (" + error.code()
                        + "): ask its administrators to allow the app");
            case "ratelimited", "rate_limited", "message_limit_exceeded" ->
                new SendResult.RetryLater(
                        after, SendResult.Scope.CHANNEL, "Slack asks for fewer messages (" + error.code() + ")");
            case "fatal_error", "internal_error", "service_unavailable", "request_timeout" ->
                new SendResult.Unknown("Slack had trouble of its own (" + error.code() + ")");
            case "message_not_found", "thread_not_found" ->
                new SendResult.TargetGone("somebody deleted the message at " + destination);
            default -> new SendResult.Rejected(rejection(error.code(), destination));
        };
    }

    private static String rejection(String code, String destination) {
        return switch (code) {
            case "is_archived" ->
                "the channel " + destination + " is archived: unarchive it, or name another one in the settings";
            case "msg_too_long", "msg_blocks_too_long", "metadata_too_large" ->
                "the message is too long for Slack (" + code + "): shorten the template";
            case "invalid_blocks", "invalid_blocks_format", "no_text" ->
                "Slack cannot read the message (" + code + "): look at the template";
            case "edit_window_closed", "cant_update_message" ->
                "Slack does not let the app change the message at " + destination + " (" + code
                        + "): allow apps to edit their messages without limit, and use one app for one place";
            default ->
                "Slack refuses the message at " + destination + " (" + code
                        + "): https://docs.slack.dev/reference/methods says what that means";
        };
    }

    private static String missingScope(ErrorResponse error) {
        return "the token lacks the scope " + (error.needed() == null ? "that this needs" : error.needed())
                + (error.provided() == null ? "" : " (it has " + error.provided() + ")")
                + ": add it at the app's OAuth & Permissions, and install the app again";
    }

    private static SendResult retryLater(String why) {
        return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, why);
    }
}
