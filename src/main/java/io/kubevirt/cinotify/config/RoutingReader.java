// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.Routing;
import io.kubevirt.cinotify.routing.Routing.GroupNames;
import io.kubevirt.cinotify.routing.SigNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the routing out of what the settings say. */
final class RoutingReader {

    private RoutingReader() {}

    static Routing read(ConfigFile file, SigDirectory sigs) {
        ConfigFile.Routing routing = file.routing();
        GroupNames words = new GroupNames(
                new SigNames(sigNames(sigs), routing.sigAliases() == null ? Map.of() : routing.sigAliases()),
                file.areas().keySet(),
                file.prow().annotationPrefix());
        ConfigFile.DefaultRoute fallback = routing.fallback();
        return new Routing(
                words,
                routing.rules() == null ? List.of() : routing.rules(),
                routing.repositories() == null ? Map.of() : routing.repositories(),
                new Route(
                        fallback.sig(),
                        fallback.area(),
                        Cause.TEST,
                        Routing.DEFAULT_RULE,
                        "no rule and no repository speaks of this job",
                        Confidence.LOW));
    }

    /** The short names that a rule may name. */
    static Set<String> sigNames(SigDirectory sigs) {
        Set<String> names = new HashSet<>(Set.of(Diagnosis.NO_SIG, Diagnosis.SEVERAL_SIGS));
        sigs.sigs().stream().map(Sig::shortName).forEach(names::add);
        return names;
    }
}
