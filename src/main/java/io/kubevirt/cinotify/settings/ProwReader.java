/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.settings;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import io.kubevirt.cinotify.prow.AllowedAddresses;
import io.kubevirt.cinotify.prow.RuntimeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads what the settings say of this Prow's names and addresses. */
final class ProwReader {

    private static final Pattern DNS_NAME =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private final YamlDocument yaml;
    private final SettingsFile.Prow prow;
    private final List<Problem> problems = new ArrayList<>();

    ProwReader(YamlDocument yaml, SettingsFile.Prow prow) {
        this.yaml = yaml;
        this.prow = prow;
    }

    /** @throws InvalidDocument with every slip */
    AllowedAddresses addresses() throws InvalidDocument {
        each("hosts", prow.hosts(), host -> AllowedAddresses.of(List.of(host), List.of()));
        each("buckets", prow.buckets(), bucket -> AllowedAddresses.of(List.of(), List.of(bucket)));
        if (!DNS_NAME.matches(prow.annotationPrefix())) {
            report(
                    "\"" + prow.annotationPrefix() + "\" cannot stand before the slash of an annotation",
                    "write it like the name of a host, in lower case, such as ci-notify.example.org",
                    "annotationPrefix");
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocument(problems);
        }
        return AllowedAddresses.of(prow.hosts(), prow.buckets());
    }

    /** @throws InvalidDocument if a prefix is empty */
    RuntimeNames names() throws InvalidDocument {
        Map<String, String> prefixes = prow.jobPrefixes() == null ? Map.of() : prow.jobPrefixes();
        if (prefixes.containsKey("")) {
            report("an empty prefix would make every job one of a plugin", "take it out", "jobPrefixes", "");
            throw new InvalidDocument(problems);
        }
        return new RuntimeNames(prefixes, prow.pluginJobs() == null ? Map.of() : prow.pluginJobs());
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
        problems.add(yaml.problem(Pointers.of(steps), "prow." + at[0] + ": " + problem, mend));
    }
}
