// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign webhooks, in one of Prow's two formats (prow-contract §2): one raw key, or a YAML map from {@code
 * org/repo}, {@code org} or {@code *} to a list of {@code {value, created_at}}.
 *
 * <p>{@code created_at} is only for Prow's rotation tool: a key is valid while it is listed. A key without a {@code
 * value} is ignored, where Prow would accept signatures with the empty key.
 */
public final class HmacSecrets {
    private static final String ANY_REPOSITORY = "*";

    /** No signature is valid. */
    static final HmacSecrets NONE = new HmacSecrets(null, Map.of());

    private final @Nullable Key raw;
    private final Map<String, List<Key>> keysByName;

    private HmacSecrets(@Nullable Key raw, Map<String, List<Key>> keysByName) {
        this.raw = raw;
        this.keysByName = Map.copyOf(keysByName);
    }

    /**
     * Parses the content of the secret file, without surrounding white space. Never fails: anything but a map of lists
     * is a raw key. An empty file or {@code null} is an empty map, with which no signature is valid.
     */
    public static HmacSecrets parse(byte[] content) {
        byte[] trimmed = trim(content);
        JsonNode root;
        try {
            root = YamlDocument.parse("hmac", new String(trimmed, StandardCharsets.UTF_8))
                    .root();
        } catch (InvalidConfigException notYaml) {
            return new HmacSecrets(new Key(trimmed), Map.of());
        }
        if (root.isMissingNode() || root.isNull()) {
            return NONE;
        }
        Map<String, List<Key>> map = map(root);
        return map == null ? new HmacSecrets(new Key(trimmed), Map.of()) : new HmacSecrets(null, map);
    }

    /** True if there is no key, so that no signature is valid. */
    public boolean isEmpty() {
        return raw == null && keysByName.values().stream().allMatch(List::isEmpty);
    }

    /** True if the keys depend on the repository; otherwise {@link #keysFor} returns the same for any name. */
    public boolean dependOnRepository() {
        return raw == null;
    }

    /** The most specific of {@code org/repo}, {@code org} and all; it hides the others even if it is empty. */
    public List<Key> keysFor(String name) {
        if (raw != null) {
            return List.of(raw);
        }
        String org = name.split("/", 2)[0];
        for (String level : List.of(name, org, ANY_REPOSITORY)) {
            List<Key> keys = keysByName.get(level);
            if (keys != null) {
                return keys;
            }
        }
        return List.of();
    }

    /** All keys, each once. */
    Set<Key> all() {
        return raw != null
                ? Set.of(raw)
                : keysByName.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Map<String, List<Key>> map(JsonNode root) {
        if (!root.isObject()) {
            return null;
        }
        Map<String, List<Key>> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> level : root.properties()) {
            List<Key> keys = keys(level.getValue());
            if (keys == null) {
                return null;
            }
            map.put(level.getKey(), keys);
        }
        return map;
    }

    private static @Nullable List<Key> keys(JsonNode list) {
        if (!list.isArray() && !list.isNull()) {
            return null;
        }
        List<Key> keys = new ArrayList<>();
        for (JsonNode element : list) {
            JsonNode value = element.path("value");
            if (!element.isObject() || value.isContainerNode()) {
                return null;
            }
            String text = value.asText("");
            if (!text.isEmpty()) {
                keys.add(new Key(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return List.copyOf(keys);
    }

    /** A raw key is not necessarily text. */
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

    /** A key shared with GitHub. Its string form hides the value, to keep it out of logs. */
    public static final class Key {
        private static final String ALGORITHM = "HmacSHA256";

        private final SecretKeySpec key;

        Key(byte[] value) {
            Secrets.add(new String(value, StandardCharsets.UTF_8));
            this.key = new SecretKeySpec(value, ALGORITHM);
        }

        /** An HMAC-SHA256 of this key, without content yet. */
        Mac mac() {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java platform lacks " + ALGORITHM, e);
            }
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }

        @Override
        public String toString() {
            return "Key[hidden]";
        }
    }
}
