// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibilityPolicyTest {

    private static final Repository OWN = Repository.of("org/own");
    private static final Map<String, Audience> AUDIENCES = Map.of(
            "everybody",
            Audience.PUBLIC,
            "readers of own",
            new Audience.Readers(OWN, Visibility.PRIVATE),
            "readers of Org/OWN",
            new Audience.Readers(Repository.of("Org/OWN"), Visibility.UNKNOWN),
            "readers of own, public",
            new Audience.Readers(OWN, Visibility.PUBLIC),
            "chosen",
            Audience.PRIVATE,
            "operator",
            Audience.OPERATOR);

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource({
        "everybody, public, '', true",
        "everybody, unknown, org/own, false",
        "everybody, private, org/own, false",
        "readers of own, public, '', true",
        "readers of own, private, org/own, true",
        "readers of Org/OWN, unknown, org/own, true",
        "readers of own, private, org/own-too, false",
        "readers of own, private, org/own org/other, false",
        "readers of own, private, '', false",
        // A hidden job of a public repository.
        "'readers of own, public', private, org/own, false",
        "chosen, private, org/other, true",
        "chosen, unknown, '', true",
        "operator, private, org/other, true",
    })
    void whoMaySeeWhat(String audience, String visibility, String repositories, boolean shown) {
        Set<Repository> of = repositories.isEmpty()
                ? Set.of()
                : Set.copyOf(List.of(repositories.split(" ")).stream()
                        .map(Repository::of)
                        .toList());

        assertThat(VisibilityPolicy.mayShow(
                        AUDIENCES.get(audience), new VisibilityScope(Visibility.named(visibility), of)))
                .isEqualTo(shown);
    }

    /** Nobody who may not see it learns whether it is over. */
    @Test
    void whatBecamePrivateIsNotSaidToBeOver() {
        IncidentView open = Examples.incident("0123456789", Examples.NOON);

        Notification last =
                Examples.message(NotificationKind.RESOLVED, open, Examples.NOON).withoutDetails();

        assertThat(last.text()).isEqualTo("incident 0123456789 is no longer shown here, because it is private now");
        assertThat(last.incident().shortTitle()).isEqualTo("incident 0123456789");
    }

    @Test
    void whatIsWithheldIsCounted() {
        VisibilityPolicy.Selection<String> selection = VisibilityPolicy.select(
                Audience.PUBLIC,
                List.of("a", "b", "c"),
                name -> name.equals("b") ? VisibilityScope.PUBLIC : VisibilityScope.UNKNOWN);

        assertThat(selection.shown()).containsExactly("b");
        assertThat(selection.note()).contains("2 more in private repositories");
        assertThat(VisibilityPolicy.select(Audience.OPERATOR, List.of("a"), name -> VisibilityScope.UNKNOWN)
                        .note())
                .isEmpty();
    }
}
