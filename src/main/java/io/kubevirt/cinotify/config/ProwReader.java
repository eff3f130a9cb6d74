// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.PluginJobNames;
import io.kubevirt.cinotify.prow.TrustedHosts;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads what the settings say of this Prow's names and addresses. */
final class ProwReader {

    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final YamlDocument yaml;
    private final ConfigFile.Prow prow;
    private final List<ConfigProblem> problems = new ArrayList<>();

    ProwReader(YamlDocument yaml, ConfigFile.Prow prow) {
        this.yaml = yaml;
        this.prow = prow;
    }

    /** @throws InvalidConfigException with every slip */
    TrustedHosts addresses() throws InvalidConfigException {
        each("hosts", prow.hosts(), host -> TrustedHosts.of(List.of(host), List.of()));
        each("buckets", prow.buckets(), bucket -> TrustedHosts.of(List.of(), List.of(bucket)));
        if (!DNS_NAME.matches(prow.annotationPrefix())) {
            report(
                    "\"" + prow.annotationPrefix() + "\" cannot stand before the slash of an annotation",
                    "write it like the name of a host, in lower case, such as ci-notify.example.org",
                    "annotationPrefix");
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return TrustedHosts.of(prow.hosts(), prow.buckets());
    }

    /** @throws InvalidConfigException if a prefix is empty */
    PluginJobNames names() throws InvalidConfigException {
        Map<String, String> prefixes = prow.jobPrefixes() == null ? Map.of() : prow.jobPrefixes();
        if (prefixes.containsKey("")) {
            report("an empty prefix would make every job one of a plugin", "take it out", "jobPrefixes", "");
            throw new InvalidConfigException(problems);
        }
        return new PluginJobNames(prefixes, prow.pluginJobs() == null ? Map.of() : prow.pluginJobs());
    }

    private void each(String key, List<String> words, Consumer<String> reader) {
        if (words.isEmpty()) {
            report("the list is empty, so that no run would be believed", "name at least one", key);
        }
        for (int index = 0; index < words.size(); index++) {
            try {
                reader.accept(words.get(index));
            } catch (IllegalArgumentException e) {
                // "what is wrong: how to mend it"
                String message = String.valueOf(e.getMessage());
                int colon = message.lastIndexOf(": ");
                report(
                        colon < 0 ? message : message.substring(0, colon),
                        colon < 0 ? "mend it" : message.substring(colon + 2),
                        key,
                        index);
            }
        }
    }

    private void report(String problem, String mend, Object... at) {
        Object[] steps = new Object[at.length + 1];
        steps[0] = "prow";
        System.arraycopy(at, 0, steps, 1, at.length);
        problems.add(yaml.problem(JsonPointers.of(steps), "prow." + at[0] + ": " + problem, mend));
    }
}
