/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.settings;

import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Route;
import io.kubevirt.cinotify.diagnosis.Routing;
import io.kubevirt.cinotify.diagnosis.SigNames;
import io.kubevirt.cinotify.diagnosis.Vocabulary;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.roster.SigDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the routing out of what the settings say. */
final class RoutingReader {

    private RoutingReader() {}

    static Routing read(SettingsFile file, SigDirectory sigs) {
        SettingsFile.Routing routing = file.routing();
        Vocabulary words = new Vocabulary(
                new SigNames(sigNames(sigs), routing.sigAliases() == null ? Map.of() : routing.sigAliases()),
                file.areas().keySet(),
                file.prow().annotationPrefix());
        SettingsFile.DefaultRoute fallback = routing.fallback();
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
