// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.Map;

/**
 * The name that a job shares with its twins on release branches and on other versions of Kubernetes, so that what breaks
 * them all is counted once.
 */
final class JobFamily {

    /** Names come from outside: nobody can make this table grow for ever. */
    private static final int MOST_NAMES = 20_000;

    private static final String VERSION = "-v?[0-9]+\\.[0-9]+";
    private static final Pattern RELEASE_WORD = Pattern.compile("-release" + VERSION + "(\\.[0-9]+)?$");
    private static final Pattern RELEASE = Pattern.compile(VERSION + "(\\.[0-9]+)?$");

    /** A name that ends in such a version is not that of a release branch: the version is the provider's. */
    private static final Pattern PROVIDER_AT_END = Pattern.compile("-(k8s|kind)" + VERSION + "$");

    private static final Pattern K8S = Pattern.compile("-k8s" + VERSION + "(\\.[0-9]+)?(-|$)");

    /** Clusters in containers have faults of their own, so that word stays. */
    private static final Pattern KIND = Pattern.compile("-kind" + VERSION + "(\\.[0-9]+)?(-|$)");

    private final Map<String, String> known = new HashMap<>();

    String of(String job) {
        String family = known.get(job);
        if (family == null) {
            family = read(job);
            if (known.size() >= MOST_NAMES) {
                known.clear();
            }
            known.put(job, family);
        }
        return family;
    }

    private static String read(String job) {
        String name = RELEASE_WORD.matcher(job).replaceAll("");
        if (!PROVIDER_AT_END.matcher(name).find()) {
            name = RELEASE.matcher(name).replaceAll("");
        }
        name = K8S.matcher(name).replaceAll("$2");
        return KIND.matcher(name).replaceAll("-kind$2");
    }
}
