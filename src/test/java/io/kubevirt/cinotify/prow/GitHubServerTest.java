// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.GitHubServer.PullLink;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubServerTest {

    @ParameterizedTest
    @CsvSource({
        "https://github.com, https://github.com, https://api.github.com",
        "https://www.GitHub.com/, https://github.com, https://api.github.com",
        "https://github.example.com/, https://github.example.com, https://github.example.com/api/v3",
        "http://GHE:8080, http://ghe:8080, http://ghe:8080/api/v3",
        "https://octo.ghe.com, https://octo.ghe.com, https://api.octo.ghe.com"
    })
    void theApiFollowsFromThePages(String configured, String url, String api) {
        GitHubServer server = GitHubServer.parse(configured).orElseThrow();

        assertThat(server.url()).isEqualTo(url);
        assertThat(server.api()).isEqualTo(api);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "github.example.com",
                "https://github.example.com/api/v3",
                "https://api.github.com",
                "https://user@github.example.com",
                "https://github.example.com?a=b",
                "ftp://github.example.com"
            })
    void whatIsNotTheUrlOfPagesIsRefused(String configured) {
        assertThat(GitHubServer.parse(configured)).isEmpty();
    }

    @Test
    void anEndpointTellsItsServerUnlessItMayBeAProxy() {
        assertThat(GitHubServer.ofApi("https://github.example.com/api/v3/"))
                .contains(new GitHubServer("https://github.example.com"));
        assertThat(GitHubServer.ofApi("http://ghproxy")).isEmpty();
        assertThat(GitHubServer.ofApi("https://api.github.com")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.example.com/ada, ada",
        "//www.github.example.com/ada/, ada",
        "HTTP://GITHUB.EXAMPLE.COM/Ada-B?tab=stars, Ada-B",
        "https://github.com/ada,",
        "https://githubxexample.com/ada,",
        "https://github.example.com/ada/net,",
        "https://github.example.com.evil.org/ada,",
        "https://github.example.com/,"
    })
    void aProfileIsAPageOfThisServer(String address, String login) {
        assertThat(new GitHubServer("https://github.example.com").login(List.of("mailto:ada@example.com", address)))
                .isEqualTo(java.util.Optional.ofNullable(login));
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/o/r/pull/5, https://github.com o/r#5",
        "https://www.github.com/o/r/pull/5#issuecomment-1, https://github.com o/r#5",
        "HTTPS://Github.Example.com:8443/o/r.x_y/pull/5/files?w=1, https://github.example.com:8443 o/r.x_y#5",
        "https://github.com/o/r/issues/5, ",
        "https://github.com/o/r/pull/0, ",
        "https://github.com/o/r/pull/5x, ",
        "https://github.com/o/r/s/pull/5, ",
        "https://prow.example.org/pr-logs/pull/5, "
    })
    void aPullRequestIsReadFromItsUrl(String url, String expected) {
        assertThat(PullLink.parse(url).map(link -> link.server().url() + " " + link))
                .isEqualTo(java.util.Optional.ofNullable(expected));
    }
}
