// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.cli.options.BoardListenerOptions;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardOptionsTest {
    private static BoardOptions at(String url) {
        return new BoardOptions(0, "0.0.0.0", URI.create(url), null, null, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "https://CI.Example.org:443/Notify/, https://ci.example.org",
        "http://ci.example.org:80/Notify, http://ci.example.org",
        "https://CI.example.org:8443/Notify, https://ci.example.org:8443",
    })
    void anAddressIsComparedAsBrowsersWriteIt(String url, String origin) {
        BoardOptions options = at(url);

        assertThat(options.origin(9980)).isEqualTo(origin);
        assertThat(options.baseUrl(9980)).isEqualTo(origin + "/Notify");
        assertThat(options.isHost(origin.substring(origin.indexOf("//") + 2))).isTrue();
        assertThat(options.isHost("ci.example.org.evil.org")).isFalse();
    }

    @Test
    void withoutAnAddressOnlyTheLocalHostIsMeant() {
        BoardOptions options = new BoardOptions(0, "127.0.0.1", null, null, null, List.of());
        assertThat(options.isHost("localhost:9980")).isTrue();
        assertThat(options.isHost("ci.example.org")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://x.org/path", "ftp://x.org", "grafana", "https://x.org;script-src:80"})
    void whatIsNoSiteMayNotEmbed(String site) {
        BoardListenerOptions options = new BoardListenerOptions();
        options.host = "127.0.0.1";
        options.embedIn = List.of(URI.create(site));

        assertThat(options.problems(List.of()))
                .singleElement()
                .asString()
                .startsWith("--board-embed-in: names what is not an http or https URL of a host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ci.example.org/#x",
                "https://user:password@ci.example.org",
                "https://ci.example.org/?x",
                "ftp://ci.example.org"
            })
    void whatIsNoAddressForPeopleIsRefused(String url) {
        BoardListenerOptions options = new BoardListenerOptions();
        options.host = "0.0.0.0";
        options.url = URI.create(url);

        assertThat(options.problems(List.of()))
                .singleElement()
                .asString()
                .contains("--board-url", "with a port and a path")
                .doesNotContain("password");
    }
}
