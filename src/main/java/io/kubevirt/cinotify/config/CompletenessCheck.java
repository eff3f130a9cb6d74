// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a valid configuration still lacks to work: placeholders that {@code init} or an example left are errors, details of
 * members without which notifications are less precise are warnings.
 */
public final class CompletenessCheck {
    /** The host, bucket and member of examples. */
    public static final String HOST = "prow.example.org";

    public static final String BUCKET = "example-logs";
    public static final String MEMBER = "somebody";

    /** The domains that are reserved for examples. */
    private static final Pattern EXAMPLE_HOST =
            Pattern.compile("(?i)^(https?://)?([a-z0-9-]+\\.)*example\\.(org|com|net)([:/].*)?$");

    private static final Pattern MARK = Pattern.compile("(#\\s*|^\\s*|<!--\\s*)CHANGE\\b");
    private static final Pattern PERSON = Pattern.compile("(?i)github:\\s*[\"']?@?" + MEMBER + "\\b");
    private static final int SHOWN = 7;
    private static final int SHOWN_CHARACTERS = 80;

    private final ConfigFolder folder;
    private final Config config;

    /** @param path the folder that the configuration was loaded from */
    public CompletenessCheck(Path path, Config config) {
        this.folder = new ConfigFolder(path);
        this.config = config;
    }

    /**
     * The placeholders, by file and line.
     *
     * @throws InvalidConfigException if the files have become invalid meanwhile
     */
    public List<ConfigProblem> errors() throws InvalidConfigException {
        List<ConfigProblem> errors = new ArrayList<>();
        YamlDocument yaml = folder.yaml(ConfigLoader.FILE);
        ConfigFile file = config.file();
        placeholders(yaml, "hosts", file.prow().hosts(), EXAMPLE_HOST::matches)
                .forEach(at -> errors.add(placeholder(
                        yaml, at, "write the host of your deck, as in the links of Prow's statuses on GitHub")));
        placeholders(yaml, "buckets", file.prow().buckets(), CompletenessCheck::isExampleBucket)
                .forEach(at -> errors.add(placeholder(
                        yaml, at, "write the bucket of decoration_config.gcs_configuration in Prow's configuration")));
        if (file.evidence() != null && EXAMPLE_HOST.matches(file.evidence().endpoint())) {
            errors.add(placeholder(
                    yaml,
                    JsonPointers.of("evidence", "endpoint"),
                    "write the URL of the store that has your buckets, such as https://storage.googleapis.com"));
        }
        JsonPointer stores = JsonPointers.of("evidence", "stores");
        for (int index = 0; index < yaml.root().at(stores).size(); index++) {
            JsonPointer endpoint = stores.appendIndex(index).appendProperty("endpoint");
            if (EXAMPLE_HOST.matches(yaml.root().at(endpoint).asText(""))) {
                errors.add(placeholder(yaml, endpoint, "write the URL of the store, or remove it for Amazon S3"));
            }
        }
        errors.addAll(placeholderMembers(config));
        Set<String> found = errors.stream().map(CompletenessCheck::place).collect(Collectors.toSet());
        marks().stream().filter(mark -> !found.contains(place(mark))).forEach(errors::add);
        return errors.stream().sorted(ConfigProblem.BY_FILE_AND_LINE).toList();
    }

    /** The placeholders that would be notified: a person may have that login. */
    public static List<ConfigProblem> placeholderMembers(Config config) {
        return config.rosterDocument().members().stream()
                .filter(row -> row.handle().equalsIgnoreCase(MEMBER))
                .map(row -> new ConfigProblem(
                        config.rosterDocument().file(),
                        row.line(),
                        "@" + MEMBER + " is a placeholder, and would be notified",
                        "write the members of your group, each with a link to the profile on GitHub"))
                .toList();
    }

    private static List<JsonPointer> placeholders(
            YamlDocument yaml, String key, List<String> entries, Predicate<String> isPlaceholder) {
        return IntStream.range(0, entries.size())
                .filter(index -> isPlaceholder.test(entries.get(index)))
                .mapToObj(index -> JsonPointers.of("prow", key, index))
                .toList();
    }

    private static ConfigProblem placeholder(YamlDocument yaml, JsonPointer at, String hint) {
        return yaml.problem(
                at, JsonPointers.messagePrefix(at) + yaml.root().at(at).asText() + " is a placeholder", hint);
    }

    private static boolean isExampleBucket(String bucket) {
        return Bucket.parse(bucket).name().equals(BUCKET);
    }

    private static String place(ConfigProblem problem) {
        return problem.file() + ":" + problem.line();
    }

    /** Lines that are marked with CHANGE, and chairs of SIGs that are placeholders. */
    private List<ConfigProblem> marks() throws InvalidConfigException {
        List<ConfigProblem> marks = new ArrayList<>();
        for (String file : new TreeSet<>(List.of(
                ConfigLoader.FILE,
                config.rosterDocument().file(),
                config.file().roster().sigs()))) {
            int number = 0;
            for (String line : folder.text(file).lines().toList()) {
                number++;
                Matcher mark = MARK.matcher(line);
                if (mark.find()) {
                    marks.add(new ConfigProblem(
                            file,
                            number,
                            "a placeholder is marked with CHANGE: " + shown(line),
                            "replace it, and remove the mark"));
                } else if (PERSON.matcher(line).find()) {
                    marks.add(new ConfigProblem(
                            file, number, "@" + MEMBER + " is a placeholder", "write the GitHub login of a person"));
                }
            }
        }
        return marks;
    }

    private static String shown(String line) {
        String text = line.strip();
        return text.length() <= SHOWN_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS / 2)) + "…";
    }

    /** What is missing but not required; of members one warning for each kind, with the line of the first member. */
    public List<ConfigProblem> warnings() {
        List<ConfigProblem> warnings = new ArrayList<>();
        if (config.file().prow().logins().isEmpty()) {
            warnings.add(ConfigProblem.ofFile(
                    ConfigLoader.FILE,
                    "prow.logins is missing: anybody with write access to a repository can set a status, so a status"
                            + " counts only once finished.json or a ProwJob confirms it",
                    "list the logins that set Prow's statuses on GitHub"));
        }
        if (config.file().visibility().isEmpty()) {
            warnings.add(ConfigProblem.ofFile(
                    ConfigLoader.FILE,
                    "visibility is missing: a repository counts as private until a webhook shows that it is public, and"
                            + " incidents of private repositories are sent to private destinations only",
                    "add visibility: {\"*\": public} if all of your repositories are public"));
        }
        warn(
                warnings,
                members(member -> member.schedule().zone().isFixed()),
                "has a fixed offset instead of a time zone, which is wrong for half of the year where clocks change",
                "write an IANA time zone such as Europe/Berlin into the table, or as roster.members.LOGIN.zone");
        if (config.file().slack() != null) {
            warn(
                    warnings,
                    members(member -> member.slackUser() == null),
                    "has no Slack id, so Slack notifications name but do not mention them",
                    "set roster.members.LOGIN.slack, such as U012AB3CD");
        }
        notesWithoutAddress(warnings);
        RosterCheck check =
                new RosterCheck(config.roster(), config.memberOverrides(), config.sigs(), config.aliases(), List.of());
        check.unknownPeople(Instant.MIN)
                .forEach(problem -> warnings.add(ConfigProblem.ofFile(
                        ConfigLoader.FILE, "rotation " + problem.subject() + ": " + problem.what(), problem.hint())));
        return warnings;
    }

    private void notesWithoutAddress(List<ConfigProblem> warnings) {
        warn(
                warnings,
                members(member -> config.file().roster().members().entrySet().stream()
                        .anyMatch(entry -> entry.getKey().equalsIgnoreCase(member.handle())
                                && isWithoutAddress(
                                        entry.getKey(), member, entry.getValue().morningNote()))),
                "has a morningNote on a channel without an address of theirs, so none is sent",
                "set roster.members.LOGIN.slack for slack, or email.people for email");
    }

    private boolean isWithoutAddress(String handle, Member member, @Nullable String channel) {
        boolean onSlack = config.file().slack() != null && member.slackUser() != null;
        return channel != null
                && !(channel.equals("slack")
                        ? onSlack
                        : config.file().mailAddresses().containsKey(handle));
    }

    private List<Member> members(Predicate<Member> filter) {
        return config.roster().members().stream().filter(filter).toList();
    }

    private void warn(List<ConfigProblem> warnings, List<Member> members, String problem, String hint) {
        if (!members.isEmpty()) {
            String text =
                    Plural.first(SHOWN, members.stream().map(Member::handle).toList()) + ": each " + problem;
            warnings.add(config.rosterDocument().members().stream()
                    .filter(row -> row.handle().equals(members.getFirst().handle()))
                    .map(row -> new ConfigProblem(config.rosterDocument().file(), row.line(), text, hint))
                    .findFirst()
                    .orElse(ConfigProblem.ofFile(ConfigLoader.FILE, text, hint)));
        }
    }
}
