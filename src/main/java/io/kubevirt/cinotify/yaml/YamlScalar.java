// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Decides what a scalar is: null, a boolean, an integer, or text. */
final class YamlScalar {

    private static final String CORE_TAG = "tag:yaml.org,2002:";

    private YamlScalar() {}

    static JsonNode read(ScalarEvent scalar) {
        String tag = scalar.getTag();
        boolean typed = tag == null ? scalar.isPlain() : tag.startsWith(CORE_TAG) && !tag.equals(CORE_TAG + "str");
        return typed ? plain(scalar.getValue()) : JsonNodeFactory.instance.textNode(scalar.getValue());
    }

    private static JsonNode plain(String value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case "", "~", "null", "Null", "NULL" -> json.nullNode();
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> json.booleanNode(true);
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> json.booleanNode(false);
            default -> isInteger(value) ? json.numberNode(Long.parseLong(value)) : json.textNode(value);
        };
    }

    /**
     * Decimal only. YAML 1.1 would read {@code 010} as eight and {@code 9:30} as 570, which nobody who writes hours,
     * versions or numbers of builds means.
     */
    private static boolean isInteger(String value) {
        int start = value.charAt(0) == '-' || value.charAt(0) == '+' ? 1 : 0;
        int digits = value.length() - start;
        // Eighteen digits always fit into 64 bits; what is longer is an identifier and stays text.
        boolean mayFit = digits > 0 && digits <= 18;
        boolean leadingZero = digits > 1 && value.charAt(start) == '0';
        return mayFit && !leadingZero && value.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    }
}
