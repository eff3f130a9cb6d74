// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tests, and in which order.
 *
 * @param lane only failures on lanes with this text in their name, ignoring case; null for all
 * @param text in the name of the test, ignoring case; null for all
 * @param id one test; null for all
 */
public record TestFilter(
        Order order,
        @Nullable String sig,
        @Nullable String lane,
        @Nullable String text,
        @Nullable Long id) {
    /** What counts; the most first. */
    public enum Order {
        FAILED("failed", "sum(failed)", "1"),
        FLAKY("flaky", "sum(flaky)", "flaky"),
        /** Failures that are not flakes. */
        BROKEN("broken", "sum(failed) - sum(flaky)", "1 - flaky");

        private final String value;
        private final String sum;
        private final String ofFailure;

        Order(String value, String sum, String ofFailure) {
            this.value = value;
            this.sum = sum;
            this.ofFailure = ofFailure;
        }

        public String value() {
            return value;
        }

        /** Of days. */
        String sum() {
            return sum;
        }

        /** What one failure counts. */
        String ofFailure() {
            return ofFailure;
        }

        public long count(long failed, long flaky) {
            return switch (this) {
                case FAILED -> failed;
                case FLAKY -> flaky;
                case BROKEN -> failed - flaky;
            };
        }
    }

    /** All tests of a SIG; of all SIGs for null. */
    public static TestFilter of(Order order, @Nullable String sig) {
        return new TestFilter(order, sig, null, null, null);
    }

    /** What the tests must be, of the row {@code test}. */
    String condition() {
        return (sig == null ? "" : " AND test.sig = :sig")
                + (text == null ? "" : " AND lower(test.name) LIKE :text ESCAPE '!'")
                + (id == null ? "" : " AND test.id = :id");
    }

    /** The values of the condition. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        if (sig != null) {
            values.put("sig", sig);
        }
        if (text != null) {
            values.put("text", "%" + text.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%");
        }
        if (id != null) {
            values.put("id", id);
        }
        return values;
    }
}
