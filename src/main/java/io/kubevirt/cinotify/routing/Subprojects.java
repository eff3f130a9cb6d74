// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Repository;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The SIG of each repository and subproject, by the OWNERS files that sigs.yaml lists. One OWNERS file at the root of a
 * repository decides over those below it; a name that several SIGs share belongs to none of them.
 */
public final class Subprojects {
    public static final Subprojects NONE = new Subprojects(List.of());

    /** The address of an OWNERS file on GitHub, or on its host for raw files. */
    private static final Pattern ADDRESS =
            Pattern.compile("https?://[^/]+/([^/]+)/([^/]+)(?:/(?:(?:blob|raw|tree)/)?(?:refs/heads/)?[^/]+/(.+))?");

    private static final String WORKING_GROUP = "wg-";

    private final Map<String, Set<String>> roots = new HashMap<>();
    private final Map<String, Set<String>> parts = new HashMap<>();
    private final Map<String, Set<String>> names = new HashMap<>();

    /** @param owners the addresses of the OWNERS files */
    public record Subproject(String sig, String name, List<String> owners) {}

    public Subprojects(Collection<Subproject> all) {
        for (Subproject subproject : all) {
            add(names, subproject.name().toLowerCase(Locale.ROOT), subproject.sig());
            subproject.owners().forEach(address -> addRepository(address, subproject.sig()));
        }
        Set<String> repositories = new TreeSet<>(roots.keySet());
        repositories.addAll(parts.keySet());
        repositories.forEach(repository ->
                sigOf(repository).ifPresent(sig -> add(names, repository.substring(repository.indexOf('/') + 1), sig)));
    }

    private void addRepository(String address, String sig) {
        Matcher matcher = ADDRESS.matcher(address);
        if (matcher.matches()) {
            String repository = (matcher.group(1) + "/" + matcher.group(2)).toLowerCase(Locale.ROOT);
            String file = matcher.group(3);
            add(file == null || file.equals("OWNERS") ? roots : parts, repository, sig);
        }
    }

    private static void add(Map<String, Set<String>> map, String key, String sig) {
        map.computeIfAbsent(key, ignored -> new TreeSet<>()).add(sig);
    }

    public Optional<String> sigOf(Repository repository) {
        return sigOf(repository.fullName().toLowerCase(Locale.ROOT));
    }

    /** The SIG of a repository, as org/repo in lower case. */
    Optional<String> sigOf(String repository) {
        Set<String> root = roots.get(repository);
        return only(root == null ? parts.get(repository) : root);
    }

    /** The SIG of a subproject, or of a repository without its organization, in lower case. */
    Optional<String> sigOfName(String name) {
        return only(names.get(name));
    }

    /** A SIG takes precedence over the working groups that share its subproject. */
    private static Optional<String> only(@Nullable Set<String> sigs) {
        if (sigs == null) {
            return Optional.empty();
        }
        List<String> found = sigs.size() == 1
                ? List.copyOf(sigs)
                : sigs.stream().filter(sig -> !sig.startsWith(WORKING_GROUP)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
