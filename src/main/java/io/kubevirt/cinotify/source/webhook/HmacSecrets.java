// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign webhooks, in either of Prow's two forms (prow-contract §2): one raw key for everything, or a YAML
 * map from {@code org/repo}, {@code org} or {@code *} to a list of {@code {value, created_at}}.
 *
 * <p>{@code created_at} serves Prow's rotation tool only and is not read: a key is valid as long as it is listed.
 * A key without a {@code value} is passed over, where Prow would let anyone sign with the empty key.
 */
public final class HmacSecrets {

    private static final String EVERYTHING = "*";

    private final @Nullable SigningKey raw;
    private final Map<String, List<SigningKey>> keysByName;

    private HmacSecrets(@Nullable SigningKey raw, Map<String, List<SigningKey>> keysByName) {
        this.raw = raw;
        this.keysByName = Map.copyOf(keysByName);
    }

    /**
     * Reads the content of the secret file; white space around it does not count. Whatever is no map of lists is one
     * raw key, so this never fails; the empty file and {@code null} are an empty map, with which nothing is valid.
     */
    public static HmacSecrets parse(byte[] content) {
        byte[] trimmed = trim(content);
        JsonNode root;
        try {
            root = YamlDocument.parse("hmac", new String(trimmed, StandardCharsets.UTF_8))
                    .root();
        } catch (InvalidConfigException notYaml) {
            return new HmacSecrets(new SigningKey(trimmed), Map.of());
        }
        if (root.isMissingNode() || root.isNull()) {
            return new HmacSecrets(null, Map.of());
        }
        Map<String, List<SigningKey>> map = map(root);
        return map == null ? new HmacSecrets(new SigningKey(trimmed), Map.of()) : new HmacSecrets(null, map);
    }

    /** Whether there is no key at all, so that nothing can be genuine. */
    public boolean isEmpty() {
        return raw == null && keysByName.values().stream().allMatch(List::isEmpty);
    }

    /** Whether the keys depend on who sent the event; if not, {@link #keysFor} answers the same for any name. */
    public boolean dependOnRepository() {
        return raw == null;
    }

    /**
     * The keys of the most specific level that is configured; a level that is present hides the wider ones even when
     * its list is empty.
     *
     * @param name {@code org/repo}, or only {@code org}, or empty where an event names neither
     */
    public List<SigningKey> keysFor(String name) {
        if (raw != null) {
            return List.of(raw);
        }
        String org = name.split("/", 2)[0];
        for (String level : List.of(name, org, EVERYTHING)) {
            List<SigningKey> keys = keysByName.get(level);
            if (keys != null) {
                return keys;
            }
        }
        return List.of();
    }

    private static @Nullable Map<String, List<SigningKey>> map(JsonNode root) {
        if (!root.isObject()) {
            return null;
        }
        Map<String, List<SigningKey>> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> level : root.properties()) {
            List<SigningKey> keys = keys(level.getValue());
            if (keys == null) {
                return null;
            }
            map.put(level.getKey(), keys);
        }
        return map;
    }

    private static @Nullable List<SigningKey> keys(JsonNode list) {
        if (!list.isArray() && !list.isNull()) {
            return null;
        }
        List<SigningKey> keys = new ArrayList<>();
        for (JsonNode element : list) {
            JsonNode value = element.path("value");
            if (!element.isObject() || value.isContainerNode()) {
                return null;
            }
            String text = value.asText("");
            if (!text.isEmpty()) {
                keys.add(new SigningKey(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return List.copyOf(keys);
    }

    /** On bytes, since a raw key need not be text. */
    private static byte[] trim(byte[] content) {
        int from = 0;
        int to = content.length;
        while (from < to && isSpace(content[from])) {
            from++;
        }
        while (to > from && isSpace(content[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(content, from, to);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
