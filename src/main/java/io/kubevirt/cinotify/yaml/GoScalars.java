// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Plain scalars as go-yaml v2 resolves them, and numbers as sigs.k8s.io/yaml writes them where Prow expects text. */
final class GoScalars {
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)");
    private static final int BITS = 64;

    /** Numbers from this exponent on, and below the other, are written with an exponent. */
    private static final int LARGE = 6;

    private static final int SMALL = -4;

    private GoScalars() {}

    static JsonNode resolve(String value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (value) {
            case "", "~", "null", "Null", "NULL" -> json.nullNode();
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" -> json.booleanNode(true);
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" -> json.booleanNode(false);
            default -> number(value);
        };
    }

    private static JsonNode number(String value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        char first = value.charAt(0);
        if ((first < '0' || first > '9') && first != '-' && first != '+' && first != '.') {
            return json.textNode(value);
        }
        String plain = value.replace("_", "");
        if (INTEGER.matches(plain)) {
            BigInteger integer = integer(plain);
            if (integer.bitLength() < BITS) {
                return json.numberNode(integer.longValue());
            }
            if (integer.signum() > 0 && integer.bitLength() == BITS) {
                return json.numberNode(integer);
            }
        }
        return FLOAT.matches(plain) ? json.textNode(text(Float.parseFloat(plain))) : json.textNode(value);
    }

    private static BigInteger integer(String plain) {
        boolean signed = plain.charAt(0) == '-' || plain.charAt(0) == '+';
        String digits = (signed ? plain.substring(1) : plain).toLowerCase(Locale.ROOT);
        int radix = 10;
        int prefix = 0;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            char kind = digits.charAt(1);
            radix = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
            prefix = kind == 'x' || kind == 'b' || kind == 'o' ? 2 : 1;
        }
        BigInteger value = new BigInteger(digits.substring(prefix), radix);
        return plain.charAt(0) == '-' ? value.negate() : value;
    }

    /** As Go formats a float32 in the shortest form. */
    private static String text(float number) {
        if (number == 0 || Float.isInfinite(number)) {
            return number == 0 ? "0" : number > 0 ? "+Inf" : "-Inf";
        }
        BigDecimal shortest = new BigDecimal(Float.toString(number)).stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= SMALL && exponent < LARGE) {
            return shortest.toPlainString();
        }
        BigDecimal mantissa = shortest.movePointLeft(exponent).stripTrailingZeros();
        return mantissa.toPlainString() + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
