// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.roster.Sig.Person;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses {@code sigs.yaml} in the format of kubernetes/community. */
final class SigReader {
    private static final String SIG_PREFIX = "sig-";

    private final YamlDocument document;
    private final List<ConfigProblem> problems = new ArrayList<>();

    SigReader(YamlDocument document) {
        this.document = document;
    }

    List<Sig> read() throws InvalidConfigException {
        Map<String, Sig> sigs = new LinkedHashMap<>();
        if (!document.root().isObject() && !document.root().isMissingNode()) {
            problem(JsonPointer.empty(), "the file is not a mapping of sections", "start it with sigs:");
        }
        document.root().fields().forEachRemaining(section -> {
            JsonPointer at = JsonPointer.empty().appendProperty(section.getKey());
            elements(section.getValue(), at).forEach(entry -> sig(entry).ifPresent(sig -> {
                if (sigs.putIfAbsent(sig.shortName(), sig) != null) {
                    problem(
                            entry.at(),
                            "the group " + sig.shortName() + " is defined twice",
                            "give one of them another label");
                }
            }));
        });
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return List.copyOf(sigs.values());
    }

    private record Entry(JsonNode node, JsonPointer at) {
        Entry get(String key) {
            return new Entry(node.path(key), at.appendProperty(key));
        }

        String text(String key) {
            return node.path(key).asText("").strip();
        }
    }

    private static List<Entry> elements(JsonNode array, JsonPointer at) {
        List<Entry> elements = new ArrayList<>();
        if (array.isArray()) {
            array.forEach(element -> elements.add(new Entry(element, at.appendIndex(elements.size()))));
        }
        return elements;
    }

    private static List<Entry> elements(Entry array) {
        return elements(array.node(), array.at());
    }

    private Optional<Sig> sig(Entry entry) {
        String name = entry.text("name");
        String label = entry.text("label").replace('/', '-');
        String folder = entry.text("dir");
        String shortName = shortName(label, folder, name);
        if (shortName.isEmpty()) {
            problem(entry.at(), "a group has no label, dir or name", "add a label");
            return Optional.empty();
        }
        Entry leadership = entry.get("leadership");
        List<Person> leads = new ArrayList<>(people(leadership.get("tech_leads")));
        elements(entry.get("subprojects")).forEach(subproject -> leads.addAll(people(subproject.get("leads"))));
        String channel = channel(entry.get("contact").text("slack"));
        return Optional.of(new Sig(
                shortName,
                name.isEmpty() ? shortName : name,
                people(leadership.get("chairs")),
                leads,
                channel,
                otherNames(shortName, label, folder, channel),
                subprojects(entry)));
    }

    private static @Nullable String channel(String text) {
        String channel = text.startsWith("#") ? text.substring(1) : text;
        return channel.isEmpty() ? null : channel;
    }

    /**
     * {@code sig/x} becomes x; other kinds keep their prefix: {@code wg/x} becomes wg-x. In kubernetes/community only the
     * folder has the kind of the group: label batch in folder wg-batch.
     */
    private static String shortName(String label, String folder, String name) {
        boolean isKindAndLabel =
                !label.isEmpty() && folder.substring(folder.indexOf('-') + 1).equals(label);
        return Stream.of(
                        isKindAndLabel ? folder : label,
                        folder,
                        name.toLowerCase(Locale.ROOT).replace(' ', '-'))
                .filter(text -> !text.isEmpty())
                .map(SigReader::withoutSig)
                .findFirst()
                .orElse("");
    }

    /** A channel counts only with the prefix of a SIG: a general one is not the name of a SIG. */
    private static List<String> otherNames(String shortName, String label, String folder, @Nullable String channel) {
        boolean isSig = folder.startsWith(SIG_PREFIX) || label.startsWith(SIG_PREFIX);
        return Stream.of(label, folder, channel == null || !channel.startsWith(SIG_PREFIX) ? "" : channel)
                .filter(text -> isSig && !text.isEmpty())
                .map(SigReader::withoutSig)
                .filter(text -> !text.equals(shortName))
                .distinct()
                .toList();
    }

    private static String withoutSig(String text) {
        return text.startsWith(SIG_PREFIX) ? text.substring(SIG_PREFIX.length()) : text;
    }

    private static List<Sig.Subproject> subprojects(Entry group) {
        return elements(group.get("subprojects")).stream()
                .map(entry -> new Sig.Subproject(
                        entry.text("name"),
                        elements(entry.get("owners")).stream()
                                .map(owner -> owner.node().asText(""))
                                .toList()))
                .toList();
    }

    private List<Person> people(Entry array) {
        List<Person> people = new ArrayList<>();
        for (Entry entry : elements(array)) {
            String handle = entry.text("github");
            if (handle.isEmpty()) {
                problem(entry.at(), "a person has no GitHub handle", "add github: LOGIN");
            } else {
                String name = entry.text("name");
                people.add(new Person(handle, name.isEmpty() ? handle : name));
            }
        }
        return people;
    }

    private void problem(JsonPointer at, String problem, String hint) {
        problems.add(document.problem(at, problem, hint));
    }
}
