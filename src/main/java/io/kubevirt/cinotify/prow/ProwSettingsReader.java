// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.DecorationDefaults.DecorationEntry;
import io.kubevirt.cinotify.prow.GcsConfiguration.PathStrategy;
import io.kubevirt.cinotify.prow.ProwSettings.DeckSettings;
import io.kubevirt.cinotify.prow.ProwSettings.Namespaces;
import io.kubevirt.cinotify.prow.ProwSettings.Preset;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Prow's {@code config.yaml} (facts: the keys of config.yaml that a failure notifier reads). */
public final class ProwSettingsReader {
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final SettingsNode root;

    private ProwSettingsReader(YamlDocument document) {
        this.root = SettingsNode.root(document, problems);
    }

    /** Never throws: a file that is not YAML gives no settings and a problem. */
    public static ProwSettings read(String file, byte[] content) {
        try {
            return new ProwSettingsReader(
                            YamlDocument.parseAsProw(file, JobConfigFile.JobConfigDecoder.decode(file, content)))
                    .settings();
        } catch (InvalidConfigException e) {
            return ProwSettings.NONE.withProblems(e.problems());
        }
    }

    private ProwSettings settings() {
        SettingsNode plank = root.child("plank");
        UrlPrefixes pages = new UrlPrefixes(
                prefixes(plank.child("job_url_prefix_config")),
                !plank.isTrue("jobURLPrefixDisableAppendStorageProvider"));
        return new ProwSettings(
                new DecorationDefaults(decoration(plank)),
                pages,
                deck(root.child("deck")),
                root.elements("presets").stream()
                        .map(ProwSettingsReader::preset)
                        .toList(),
                TidePolicies.read(root),
                new Namespaces(
                        Objects.requireNonNullElse(root.text("prowjob_namespace"), "default"),
                        Objects.requireNonNullElse(root.text("pod_namespace"), "default")),
                problems.stream().sorted(ConfigProblem.BY_FILE_AND_LINE).toList());
    }

    private static Map<String, String> prefixes(SettingsNode configured) {
        Map<String, String> prefixes = new HashMap<>();
        Map<String, String> schemes = new HashMap<>();
        configured.setTexts().forEach((key, prefix) -> host(configured, key, prefix)
                .ifPresent(origin -> {
                    String host = GcsConfiguration.withoutScheme(origin);
                    prefixes.put(key, prefix);
                    if (!schemes.computeIfAbsent(host, first -> origin).equals(origin)) {
                        configured.report(
                                "the prefixes of " + host + " conflict: one begins with http, one with https",
                                "use the same scheme for both",
                                key);
                    }
                }));
        return prefixes;
    }

    /** The list as written, or the map with the narrowest entries last; Prow refuses both together. */
    private static List<DecorationEntry> decoration(SettingsNode plank) {
        List<SettingsNode> list = plank.elements("default_decoration_config_entries");
        SettingsNode map = plank.child("default_decoration_configs");
        if (!list.isEmpty()) {
            if (map.isPresent()) {
                map.report(
                        "default_decoration_configs is ignored beside default_decoration_config_entries",
                        "remove one of them: Prow refuses both together");
            }
            return list.stream()
                    .map(entry -> new DecorationEntry(
                            entry.textOr("repo", ""), entry.textOr("cluster", ""), gcs(entry.child("config"))))
                    .toList();
        }
        return map.entries().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getKey().equals("*") ? 0 : 1 + slashes(entry.getKey())))
                .map(entry -> new DecorationEntry(entry.getKey(), "", gcs(entry.getValue())))
                .toList();
    }

    private static int slashes(String key) {
        return key.contains("/") ? 1 : 0;
    }

    private static GcsConfiguration gcs(SettingsNode decorationConfig) {
        SettingsNode gcs = decorationConfig.child("gcs_configuration");
        return new GcsConfiguration(
                bucket(gcs),
                gcs.setText("path_prefix"),
                strategy(gcs),
                gcs.setText("default_org"),
                gcs.setText("default_repo"),
                prefix(gcs));
    }

    private static @Nullable Bucket bucket(SettingsNode gcs) {
        String setting = gcs.setText("bucket");
        Bucket bucket = setting == null ? null : bucket(gcs, "bucket", setting);
        if (bucket != null && !Set.of(Bucket.GS, Bucket.S3).contains(bucket.provider())) {
            gcs.report(
                    "the artifacts in \"" + setting + "\" cannot be read: unknown scheme " + bucket.provider(),
                    "use gs://name or s3://name",
                    "bucket");
        }
        return bucket;
    }

    private static @Nullable Bucket bucket(SettingsNode node, String key, String setting) {
        try {
            return Bucket.parse(setting);
        } catch (IllegalArgumentException e) {
            node.report("\"" + setting + "\" is not a bucket", "use name, gs://name or s3://name/path", key);
            return null;
        }
    }

    /** The host of a valid prefix of URLs, with the scheme; empty for another text, which is a problem. */
    private static Optional<String> host(SettingsNode node, String key, String prefix) {
        try {
            String host = UrlPrefixes.Prefix.parse(prefix).host();
            TrustedHosts.of(List.of(host), List.of());
            return Optional.of(host);
        } catch (IllegalArgumentException e) {
            node.report(
                    "\"" + prefix + "\" is not the beginning of a URL",
                    "write it as https://prow.example.org/view/",
                    key);
            return Optional.empty();
        }
    }

    private static @Nullable String prefix(SettingsNode gcs) {
        String prefix = gcs.setText("job_url_prefix");
        return prefix == null || host(gcs, "job_url_prefix", prefix).isEmpty() ? null : prefix;
    }

    private static @Nullable PathStrategy strategy(SettingsNode gcs) {
        String name = gcs.setText("path_strategy");
        return switch (name) {
            case "explicit" -> PathStrategy.EXPLICIT;
            case "legacy" -> PathStrategy.LEGACY;
            case "single" -> PathStrategy.SINGLE;
            case null -> null;
            default -> {
                gcs.report("unknown path strategy \"" + name + "\"", "use explicit, legacy or single", "path_strategy");
                yield null;
            }
        };
    }

    private static DeckSettings deck(SettingsNode deck) {
        SettingsNode spyglass = deck.child("spyglass");
        Map<String, String> aliases = spyglass.child("bucket_aliases").texts();
        aliases.values().removeIf(bucket -> bucket(spyglass, "bucket_aliases", bucket) == null);
        List<String> allowed = new ArrayList<>(deck.list("additional_allowed_buckets"));
        allowed.removeIf(bucket -> bucket(deck, "additional_allowed_buckets", bucket) == null);
        return new DeckSettings(aliases, Set.copyOf(allowed), Set.copyOf(deck.list("hidden_repos")));
    }

    static Preset preset(SettingsNode preset) {
        Map<String, String> env = new LinkedHashMap<>();
        for (SettingsNode variable : preset.elements("env")) {
            String name = variable.text("name");
            String value = variable.text("value");
            if (name != null && value != null) {
                env.putIfAbsent(name, value);
            }
        }
        return new Preset(preset.child("labels").texts(), env, preset.line());
    }

    /** The {@code decoration_config} of a ProwJob; what is not valid there is not set. */
    static GcsConfiguration decorationOf(JsonNode decorationConfig) {
        return gcs(SettingsNode.of(decorationConfig));
    }
}
