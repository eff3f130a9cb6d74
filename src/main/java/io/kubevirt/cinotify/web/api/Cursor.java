// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list begins. Opaque to clients, and sealed together with the query that it belongs to, so that a
 * changed one is refused. It carries no permission, so the seal needs no secret, and it is valid on every replica.
 */
public final class Cursor {
    private static final int SEAL = 9;
    private static final String SEPARATOR = "\n";

    private Cursor() {}

    /**
     * The last row of a page.
     *
     * @param numbers by which the list is sorted, first
     * @param id decides between rows with the same numbers; empty if there are none
     */
    public record Row(List<Long> numbers, String id) {
        public Row {
            numbers = List.copyOf(numbers);
        }
    }

    /** @param query the list with its filters */
    public static String write(String query, String id, long... numbers) {
        byte[] content = Stream.concat(Arrays.stream(numbers).mapToObj(String::valueOf), Stream.of(id))
                .collect(Collectors.joining(SEPARATOR))
                .getBytes(StandardCharsets.UTF_8);
        byte[] seal = seal(query, content);
        byte[] all = Arrays.copyOf(seal, SEAL + content.length);
        System.arraycopy(content, 0, all, SEAL, content.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /**
     * The last row of the page before; null for no cursor.
     *
     * @param numbers how many the list has
     */
    public static @Nullable Row read(String query, @Nullable String text, int numbers) throws RequestProblem {
        if (text == null) {
            return null;
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length > SEAL) {
                byte[] content = Arrays.copyOfRange(all, SEAL, all.length);
                List<String> read = List.of(new String(content, StandardCharsets.UTF_8).split(SEPARATOR, -1));
                if (Arrays.equals(seal(query, content), Arrays.copyOf(all, SEAL)) && read.size() == numbers + 1) {
                    return new Row(
                            read.stream().limit(numbers).map(Long::valueOf).toList(), read.getLast());
                }
            }
        } catch (IllegalArgumentException e) {
            // Not base 64, or no number: refused as any other.
        }
        throw RequestProblem.badRequest(
                "after is not a cursor of this list",
                "use the value of next with the same filters, or begin without after");
    }

    private static byte[] seal(String query, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(query.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(content), SEAL);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
