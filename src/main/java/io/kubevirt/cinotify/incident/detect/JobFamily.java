// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.Map;

/**
 * The name that a job shares with its variants for release branches and Kubernetes versions, so that they count
 * together.
 */
public final class JobFamily {
    /** Job names come from outside: bounds the cache. */
    private static final int MAX_NAMES = 20_000;

    private static final String VERSION = "-v?[0-9]+\\.[0-9]+";
    private static final Pattern RELEASE_WORD = Pattern.compile("-release" + VERSION + "(\\.[0-9]+)?$");
    private static final Pattern RELEASE = Pattern.compile(VERSION + "(\\.[0-9]+)?$");

    /** A version at the end that belongs to the provider, not to a release branch. */
    private static final Pattern PROVIDER_AT_END = Pattern.compile("-(k8s|kind)" + VERSION + "$");

    private static final Pattern K8S = Pattern.compile("-k8s" + VERSION + "(\\.[0-9]+)?(-|$)");

    /** Kind clusters fail in their own ways, so {@code kind} stays in the name. */
    private static final Pattern KIND = Pattern.compile("-kind" + VERSION + "(\\.[0-9]+)?(-|$)");

    private final Map<String, String> known = new HashMap<>();

    /** The name without its release branch and Kubernetes version. */
    public String of(String job) {
        String family = known.get(job);
        if (family == null) {
            family = read(job);
            if (known.size() >= MAX_NAMES) {
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
