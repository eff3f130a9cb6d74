// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides what an output may show; every output asks it. Public incidents are shown everywhere. Others are shown to readers of
 * all their repositories, to people who were chosen for private incidents, and to operators. What is unknown counts as private.
 */
public final class VisibilityPolicy {
    private VisibilityPolicy() {}

    public static boolean mayShow(Audience audience, VisibilityScope scope) {
        return switch (audience) {
            case Audience.Everybody everybody -> !scope.isRestricted();
            case Audience.Chosen chosen -> true;
            case Audience.Operator operator -> true;
            case Audience.Readers(Repository repository, Visibility visibility) ->
                !scope.isRestricted() || (visibility != Visibility.PUBLIC && isOnlyOf(repository, scope));
        };
    }

    /** GitHub ignores the case of names. */
    private static boolean isOnlyOf(Repository repository, VisibilityScope scope) {
        Set<String> names = scope.repositories().stream()
                .map(each -> each.fullName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return names.equals(Set.of(repository.fullName().toLowerCase(Locale.ROOT)));
    }

    /** Those that an output may show, in their order, and how many it may not. */
    public static <T> Selection<T> select(Audience audience, Collection<T> all, Function<T, VisibilityScope> scopes) {
        List<T> shown = all.stream()
                .filter(each -> mayShow(audience, scopes.apply(each)))
                .toList();
        return new Selection<>(shown, all.size() - shown.size());
    }

    /** What an output may show. */
    public record Selection<T>(List<T> shown, int withheld) {
        public Selection {
            shown = List.copyOf(shown);
        }

        /** {@code 2 more in private repositories}; empty if nothing is withheld. */
        public Optional<String> note() {
            return withheld == 0
                    ? Optional.empty()
                    : Optional.of(
                            withheld + " more in " + (withheld == 1 ? "a private repository" : "private repositories"));
        }
    }
}
