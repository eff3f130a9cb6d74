// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.text.Plural;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The short name of a lane, derived from the name of its job: without type, repository and version. */
public final class LaneName {
    private static final int MAX_VERSIONS = 3;
    private static final Pattern TYPE = Pattern.compile("^(pull|presubmit|periodic|postsubmit|post|batch|ci)-");
    private static final Pattern VERSION =
            Pattern.compile("(?:^|-)(k8s|kind|kubernetes|release)?-?v?([0-9]+\\.[0-9]+)(?:\\.[0-9]+)?(?:-|$)");
    private static final Pattern PROVIDER = Pattern.compile("(^|-)(?:k8s|kind)(?:-|$)");
    private static final Pattern SUITE = Pattern.compile("^(e2e|functest|conformance)-(.+)$");

    private LaneName() {}

    /** {@code network e2e} for {@code pull-net-e2e-k8s-1.34-network} of example/net. */
    public static String of(String repository, String job) {
        String name = TYPE.matcher(job).replaceFirst("");
        for (String prefix : prefixes(repository)) {
            if (name.startsWith(prefix + "-")) {
                name = name.substring(prefix.length() + 1);
                break;
            }
        }
        name = trimmed(PROVIDER.matcher(VERSION.matcher(name).replaceAll("-")).replaceAll("$1"));
        Matcher suite = SUITE.matcher(name);
        String shown = suite.matches() ? suite.group(2) + " " + suite.group(1) : name;
        return shown.isEmpty() ? job : shown;
    }

    private static List<String> prefixes(String repository) {
        String org = repository.substring(0, Math.max(0, repository.indexOf('/')));
        String name = repository.substring(repository.indexOf('/') + 1);
        return List.of(org + "-" + name, name, org);
    }

    private static String trimmed(String name) {
        int begin = name.startsWith("-") ? 1 : 0;
        int end = name.length() > begin && name.endsWith("-") ? name.length() - 1 : name.length();
        return name.substring(begin, end);
    }

    /** {@code k8s 1.33, 1.34} for the versions in names of jobs; empty for none. */
    public static String versions(Collection<String> jobs) {
        TreeMap<String, TreeSet<String>> found = new TreeMap<>();
        for (String job : jobs) {
            Matcher version = VERSION.matcher(job);
            if (version.find()) {
                String kind = version.group(1) == null ? "release" : version.group(1);
                found.computeIfAbsent(kind, none -> new TreeSet<>()).add(version.group(2));
            }
        }
        return String.join(
                ", ",
                found.entrySet().stream()
                        .map(kind -> kind.getKey() + " " + Plural.first(MAX_VERSIONS, List.copyOf(kind.getValue())))
                        .toList());
    }
}
