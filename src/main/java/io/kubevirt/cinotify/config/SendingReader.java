// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills the defaults into what is written about sending, and refuses what makes no sense. */
final class SendingReader {

    private static final String BLOCK = "sending";

    private final YamlDocument yaml;
    private final List<ConfigProblem> problems = new ArrayList<>();

    SendingReader(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** @throws InvalidConfigException with everything that makes no sense */
    SendingConfig read(@Nullable SendingBlock written) throws InvalidConfigException {
        SendingConfig rules = SendingConfig.DEFAULTS;
        if (written != null) {
            rules = new SendingConfig(
                    atLeastOne("messagesPerHour", written.messagesPerHour(), rules.messagesPerHour()),
                    atLeastOne(
                            "messagesPerPersonAndHour",
                            written.messagesPerPersonAndHour(),
                            rules.messagesPerPersonAndHour()),
                    atLeastOne("attempts", written.attempts(), rules.attempts()),
                    time(written.giveUpAfter(), rules.giveUpAfter()),
                    address(written.heartbeatUrl()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return rules;
    }

    private int atLeastOne(String name, @Nullable Integer written, int otherwise) {
        if (written != null && written < 1) {
            refuse(
                    name,
                    written + " is not a number of at least 1",
                    "write 1 or more, or leave it out for " + otherwise);
        }
        return written == null ? otherwise : written;
    }

    private Duration time(@Nullable Duration written, Duration otherwise) {
        if (written != null && !written.isPositive()) {
            refuse("giveUpAfter", "no time at all is no time to try", "write 24h, or leave it out");
        }
        return written == null ? otherwise : written;
    }

    private @Nullable URI address(@Nullable String written) {
        if (written == null) {
            return null;
        }
        try {
            URI address = new URI(written);
            if (address.getHost() != null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // The same as one that leads nowhere.
        }
        refuse(
                "heartbeatUrl",
                "it is not an address that can be asked for",
                "write the whole address that your monitoring gave you, beginning with https://");
        return null;
    }

    private void refuse(String name, String problem, String mend) {
        problems.add(yaml.problem(JsonPointers.of(BLOCK, name), BLOCK + "." + name + ": " + problem, mend));
    }
}
