// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * The GitHub that Prow works for: github.com, or a GitHub Enterprise server.
 *
 * @param url of its pages: scheme, host and non-default port in lower case, without a trailing slash
 */
public record GitHubServer(String url) {
    /** github.com. */
    public static final GitHubServer PUBLIC = new GitHubServer("https://github.com");

    private static final Pattern URL = Pattern.compile("https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");
    private static final Pattern PULL = Pattern.compile(
            "(?i)(https?://[a-z0-9.:-]+)/([a-z0-9-]{1,39}/[a-z0-9._-]{1,100})/pull/([1-9][0-9]{0,8})(?:[/?#].*)?");
    private static final String DATA_RESIDENCY = ".ghe.com";
    private static final String ENTERPRISE_API = "/api/v3";

    /** Parses the URL of the pages of a server; empty for anything else, such as the URL of its API. */
    public static Optional<GitHubServer> parse(String text) {
        String url = withoutSlash(text.strip().toLowerCase(Locale.ROOT)).replace("://www.", "://");
        boolean isApi = url.contains("://api.github.com") || url.contains("://api.") && url.endsWith(DATA_RESIDENCY);
        return URL.matches(url) && !isApi ? Optional.of(new GitHubServer(url)) : Optional.empty();
    }

    /** The server that an endpoint of the form {@code https://HOST/api/v3} belongs to; empty for other forms. */
    public static Optional<GitHubServer> ofApi(String endpoint) {
        String url = withoutSlash(endpoint);
        return url.startsWith("https://") && url.endsWith(ENTERPRISE_API)
                ? parse(url.substring(0, url.length() - ENTERPRISE_API.length()))
                : Optional.empty();
    }

    /** The URL of its REST API. */
    public String api() {
        int host = url.indexOf("://") + 3;
        return equals(PUBLIC) || url.endsWith(DATA_RESIDENCY)
                ? url.substring(0, host) + "api." + url.substring(host)
                : url + ENTERPRISE_API;
    }

    /** The login in the first address that is the page of a person; empty if there is none among them. */
    public Optional<String> login(Collection<String> addresses) {
        String host = Pattern.quote(url.substring(url.indexOf("://") + 3));
        Pattern profile = Pattern.compile("(?i)(?:https?:)?//(?:www\\.)?" + host + "/([a-z0-9_-]{1,39})/?(?:[?#].*)?");
        return addresses.stream()
                .map(address -> profile.matcher(address.strip()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** A pull request on a GitHub server, by its URL. */
    public record PullLink(GitHubServer server, Repository repository, int number) {
        /** Also of a page below it, such as its files; empty for any other URL. */
        public static Optional<PullLink> parse(String url) {
            Matcher link = PULL.matcher(url.strip());
            return link.matches()
                    ? GitHubServer.parse(link.group(1)).flatMap(server -> Repository.parse(link.group(2))
                            .map(repository -> new PullLink(server, repository, Integer.parseInt(link.group(3)))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return repository + "#" + number;
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
