// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.google.re2j.Pattern;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hosts (scheme, host and non-default port, in lower case) and buckets of run URLs. The URLs come from outside and are
 * used to fetch artifacts, so only configured ones are accepted (prow-contract §8).
 */
public record TrustedHosts(Set<String> origins, Set<String> buckets) {
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");

    /** @throws IllegalArgumentException if an origin or a bucket is invalid, with a message for the operator */
    public TrustedHosts {
        origins = origins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .peek(TrustedHosts::requireOrigin)
                .collect(Collectors.toUnmodifiableSet());
        buckets = Set.copyOf(buckets);
        buckets.forEach(TrustedHosts::requireBucket);
    }

    /** As configured: a host without scheme means https. */
    public static TrustedHosts of(Collection<String> hosts, Collection<String> buckets) {
        return new TrustedHosts(
                hosts.stream()
                        .map(host -> host.contains("://") ? host : "https://" + host)
                        .collect(Collectors.toUnmodifiableSet()),
                Set.copyOf(buckets));
    }

    private static void requireOrigin(String origin) {
        if (!ORIGIN.matches(origin)) {
            throw new IllegalArgumentException("\"" + origin
                    + "\" is not a host: write it as prow.example.org, or with scheme and port as"
                    + " http://localhost:8080");
        }
    }

    private static void requireBucket(String bucket) {
        if (!PathName.isValid(bucket)) {
            throw new IllegalArgumentException(
                    "\"" + bucket + "\" is not the name of a bucket: write the name alone, without gs:// and slashes");
        }
    }
}
