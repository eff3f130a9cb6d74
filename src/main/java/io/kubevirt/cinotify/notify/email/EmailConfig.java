// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.email;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelConfig;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Notification by e-mail: {@code email} in the configuration file. */
public record EmailConfig(
        @JsonProperty(required = true) @JsonPropertyDescription("Server that takes mail, and how to sign in.")
        Smtp smtp,

        @JsonProperty(required = true) @JsonPropertyDescription("Address of the sender.")
        String from,

        @JsonPropertyDescription("Addresses that get every incident, and notices of ci-notify itself.")
        List<String> to,

        @JsonPropertyDescription("Addresses by area, in place of the others.")
        Map<String, List<String>> areas,

        @JsonPropertyDescription("Addresses by GitHub handle: these people also get what notifies them.")
        Map<String, String> people,

        @JsonPropertyDescription(
                "URL (https or mailto) by which readers unsubscribe from digests and notes; it becomes the header"
                        + " List-Unsubscribe.")
        @Nullable String unsubscribe,

        @JsonPropertyDescription(
                "Who reads the addresses other than those of people: public (everybody) or private, which gets private"
                        + " incidents too; default public.")
        Visibility visibility)
        implements ChannelConfig {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9._%+=/-]+@[A-Za-z0-9][A-Za-z0-9.-]*");
    private static final Pattern UNSUBSCRIBE = Pattern.compile("(https://|mailto:)[!-;=?-~]+");

    /** Of the connection, and of each response of the server. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Copies the collections; absent values get their defaults. */
    public EmailConfig {
        to = ConfigCollections.orEmpty(to);
        areas = ConfigCollections.orEmpty(areas);
        people = ConfigCollections.orEmpty(people);
        visibility = Objects.requireNonNullElse(visibility, Visibility.PUBLIC);
    }

    /** A mail server. */
    public record Smtp(
            @JsonProperty(required = true) @JsonPropertyDescription("Host name.")
            String host,

            @JsonPropertyDescription("Port; default 587, with tls 465.") @Nullable Integer port,

            @JsonPropertyDescription(
                    "starttls (default; the server must offer it), tls (from the beginning) or none (only for a server of the"
                            + " same pod or network that you trust).")
            String security,

            @JsonPropertyDescription("User name; the server needs none if absent.") @Nullable String user,

            @JsonPropertyDescription("File with the password of the user, relative to this file.") @Nullable String passwordFile) {
        static final String TLS = "tls";
        static final String NONE = "none";
        private static final List<String> SECURITY = List.of("starttls", TLS, NONE);
        private static final int SUBMISSION = 587;
        private static final int SUBMISSION_TLS = 465;

        /** Absent values get their defaults. */
        public Smtp {
            security = Objects.requireNonNullElse(security, "starttls");
        }

        int portNumber() {
            return port != null ? port : security.equals(TLS) ? SUBMISSION_TLS : SUBMISSION;
        }

        private void check(ConfigValidator check) {
            check.oneOf(security, "security", SECURITY, "security");
            if ((user == null) != (passwordFile == null)) {
                check.report("has only one of user and passwordFile", "set both, or none", "user");
            }
        }
    }

    @Override
    public void check(ConfigValidator check) {
        smtp.check(check.at("smtp"));
        checkAddress(from, check, "from");
        for (int index = 0; index < to.size(); index++) {
            checkAddress(to.get(index), check, "to", index);
        }
        areas.forEach((area, addresses) -> {
            check.area(area, "areas", area);
            for (int index = 0; index < addresses.size(); index++) {
                checkAddress(addresses.get(index), check, "areas", area, index);
            }
        });
        people.forEach((handle, address) -> checkAddress(address, check, "people", handle));
        if (unsubscribe != null && !UNSUBSCRIBE.matches(unsubscribe)) {
            check.report("\"" + unsubscribe + "\" is not a URL", "start it with https:// or mailto:", "unsubscribe");
        }
    }

    private static void checkAddress(String address, ConfigValidator check, Object... at) {
        if (!ADDRESS.matches(address)) {
            check.report("\"" + address + "\" is not an e-mail address", "write it as name@example.org", at);
        }
    }

    @Override
    public Map<List<String>, String> secretFiles() {
        return smtp.passwordFile() == null ? Map.of() : Map.of(List.of("smtp", "passwordFile"), smtp.passwordFile());
    }

    @Override
    public Channel open(ChannelContext context) {
        Supplier<EmailConfig> current = context.current(EmailConfig.class, this);
        return new EmailChannel(
                current,
                new SmtpClient(current, context::secret, TIMEOUT),
                MessageRenderer.of(TemplateSet.PLAIN, context, handle -> null),
                MessageRenderer.of(HtmlMarkup.TEMPLATES, context, handle -> null));
    }

    List<String> addressesOf(String area) {
        return areas.getOrDefault(area, to);
    }

    /** Whether it gets nothing but what notifies a person. */
    boolean isOnlyOfPerson(String address) {
        return people.containsValue(address)
                && !to.contains(address)
                && areas.values().stream().noneMatch(addresses -> addresses.contains(address));
    }

    /** The domain of the sender, for ids. */
    String domain() {
        return from.substring(from.lastIndexOf('@') + 1);
    }
}
