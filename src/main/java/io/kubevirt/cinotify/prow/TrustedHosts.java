// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.UrlPrefixes.Prefix;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hosts (scheme, host and non-default port, in lower case) and buckets of run URLs. The URLs come from outside and are
 * used to fetch artifacts, so only configured ones are accepted (prow-contract §8).
 */
public record TrustedHosts(Set<String> origins, Set<Bucket> buckets) {
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");

    /** @throws IllegalArgumentException if an origin or a bucket is invalid, with a message for the operator */
    public TrustedHosts {
        origins = origins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .peek(TrustedHosts::requireOrigin)
                .collect(Collectors.toUnmodifiableSet());
        buckets = Set.copyOf(buckets);
    }

    /** As configured: a host without scheme means https. */
    public static TrustedHosts of(Collection<String> hosts, Collection<String> buckets) {
        return new TrustedHosts(
                hosts.stream()
                        .map(host -> host.contains("://") ? host : "https://" + host)
                        .collect(Collectors.toUnmodifiableSet()),
                buckets.stream().map(Bucket::parse).collect(Collectors.toUnmodifiableSet()));
    }

    /** Also the origins of some decks; those that are not of a form that run URLs have, such as an IPv6 address, are not. */
    public TrustedHosts with(Collection<String> decks) {
        return new TrustedHosts(
                Stream.concat(
                                origins.stream(),
                                decks.stream()
                                        .map(deck -> deck.toLowerCase(Locale.ROOT))
                                        .filter(ORIGIN::matches))
                        .collect(Collectors.toUnmodifiableSet()),
                buckets);
    }

    /** Also the hosts and buckets of Prow's configuration. */
    TrustedHosts with(ProwSettings prow) {
        return new TrustedHosts(
                Stream.concat(origins.stream(), prow.prefixes().stream().map(Prefix::host))
                        .collect(Collectors.toUnmodifiableSet()),
                Stream.concat(buckets.stream(), prow.buckets().stream()).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether artifacts in the directory are trusted. */
    boolean covers(RunDirectory directory) {
        return buckets.stream().anyMatch(bucket -> bucket.covers(directory));
    }

    private static void requireOrigin(String origin) {
        if (!ORIGIN.matches(origin)) {
            throw new IllegalArgumentException("\"" + origin
                    + "\" is not a host: write it as prow.example.org, or with scheme and port as"
                    + " http://localhost:8080");
        }
    }
}
