// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Slack's error codes mean for a message, with a hint for the operator. Errors that an operator can fix are retried until the
 * outbox gives up: a token that is rotated within the hour must not lose a message.
 */
final class SlackErrors {
    private static final Set<String> INVALID_TOKEN = Set.of(
            "invalid_auth",
            "not_authed",
            "token_revoked",
            "token_expired",
            "account_inactive",
            "access_denied",
            "accesslimited",
            "ekm_access_denied",
            "two_factor_setup_required",
            "not_allowed_token_type");

    /** Slack may have carried the call out. */
    private static final Set<String> FAILURES = Set.of(
            "fatal_error",
            "internal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org",
            "update_failed",
            "external_channel_migrating");

    /** An error of Slack. */
    record ErrorResponse(
            String code, @Nullable String needed, @Nullable String provided) {}

    /** Only another text helps. */
    private static final Set<String> UNACCEPTABLE = Set.of(
            "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "invalid_attachments");

    private final SecretFile token;

    /**
     * What was called.
     *
     * @param destination the channel
     * @param limited what has to wait if the rate limit is reached
     */
    record Context(String destination, SendResult.Scope limited) {}

    SlackErrors(SecretFile token) {
        this.token = token;
    }

    /** Slack refuses the length or the blocks of a message. */
    static final class UnacceptableException extends SendException {
        private UnacceptableException(SendResult result) {
            super(result);
        }
    }

    /** The failure of a response with {@code ok: false}. */
    SendException toException(ErrorResponse error, Context context, Duration after) {
        SendResult result = toResult(error, context, after);
        return UNACCEPTABLE.contains(error.code()) ? new UnacceptableException(result) : new SendException(result);
    }

    /**
     * For a response with {@code ok: false}.
     *
     * @param after Slack's Retry-After
     */
    private SendResult toResult(ErrorResponse error, Context context, Duration after) {
        String code = error.code();
        String destination = context.destination();
        if (INVALID_TOKEN.contains(code)) {
            return new SendResult.RetryLater(
                    SecretFile.OPERATOR_RETRY_DELAY,
                    SendResult.Scope.CHANNEL,
                    "Slack rejects the token (" + code + "): put a valid bot token into " + token.path()
                            + "; it is reloaded automatically");
        }
        if (FAILURES.contains(code)) {
            return new SendResult.Unknown("Slack failed (" + code + ")");
        }
        return switch (code) {
            case "missing_scope" -> retryLater(missingScope(error));
            case "channel_not_found" ->
                retryLater("channel " + destination
                        + " does not exist or is private: fix its name in the configuration," + " or invite the app");
            case "not_in_channel" ->
                retryLater("the app is not in channel " + destination + ": invite it with /invite");
            case "is_archived", "is_inactive" ->
                retryLater("the channel " + destination + " is archived: unarchive it, or configure another one");
            case "restricted_action", "team_access_not_granted", "no_permission", "org_login_required" ->
                retryLater("the workspace does not allow this in " + destination + " (" + code
                        + "): ask its administrators to allow the app");
            case "ratelimited", "rate_limited", "message_limit_exceeded" ->
                new SendResult.RetryLater(after, context.limited(), "Slack asks for fewer calls (" + code + ")");
            case "messages_tab_disabled" ->
                retryLater("the app takes no direct messages: turn on the Messages tab in App Home of the app (" + code
                        + ")");
            case "not_enabled" ->
                new SendResult.Rejected("the Home tab is off: turn it on in App Home of the app (not_enabled)");
            case "message_not_found", "thread_not_found" ->
                new SendResult.TargetGone("the message in " + destination + " was deleted");
            default -> rejection(code, destination);
        };
    }

    /** No retry makes a text shorter or valid; everything else may be fixed within the day. */
    private static SendResult rejection(String code, String destination) {
        return switch (code) {
            case "msg_too_long", "msg_blocks_too_long", "metadata_too_large" ->
                new SendResult.Rejected("the message is too long for Slack (" + code + "): shorten the template");
            case "invalid_blocks", "invalid_blocks_format", "invalid_attachments", "no_text" ->
                new SendResult.Rejected("Slack cannot parse the message (" + code + "): check the template");
            case "edit_window_closed", "cant_update_message" ->
                new SendResult.Rejected("Slack does not let the app edit the message in " + destination + " (" + code
                        + "): allow apps to edit their messages without limit, and use one app for one place");
            default ->
                new SendResult.RetryLater(
                        Duration.ZERO,
                        "Slack rejects the message in " + destination + " (" + code
                                + "): see https://docs.slack.dev/reference/methods");
        };
    }

    private static String missingScope(ErrorResponse error) {
        return "the token lacks the scope " + (error.needed() == null ? "for this call" : error.needed())
                + (error.provided() == null ? "" : " (it has " + error.provided() + ")")
                + ": add it in OAuth & Permissions of the app, and reinstall the app";
    }

    private static SendResult retryLater(String why) {
        return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, why);
    }
}
