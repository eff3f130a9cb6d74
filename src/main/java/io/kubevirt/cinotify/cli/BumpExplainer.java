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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.bump.BumpClasses;
import io.kubevirt.cinotify.bump.PullRequest;
import io.kubevirt.cinotify.bump.Recognition;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what pull requests are. */
final class BumpExplainer {

    private static final String UNCLASSIFIED = "unclassified";

    private final BumpClasses classes;
    private final @Nullable String areaOfUnclassified;

    BumpExplainer(Settings settings) {
        this.classes = settings.bumpClasses();
        this.areaOfUnclassified =
                settings.file().bumps() == null ? null : settings.file().bumps().area();
    }

    /** @throws Unclear if it describes no pull request */
    static PullRequest read(JsonNode described) throws Unclear {
        if (!described.isObject()) {
            throw new Unclear("is not an object");
        }
        return new PullRequest(
                repository(described),
                described.path("number").canConvertToInt()
                        ? described.path("number").intValue()
                        : null,
                RunReader.text(described, "author"),
                RunReader.text(described, "title"),
                RunReader.text(described, "headRef"),
                RunReader.text(described, "headOwner"));
    }

    /** A repository without its organisation is as good as unknown. */
    private static @Nullable Repository repository(JsonNode described) throws Unclear {
        boolean named = RunReader.text(described, "org") != null
                || described.path("repo").asText().contains("/");
        return named ? RunReader.repository(described) : null;
    }

    BumpExplanation explain(PullRequest pull) {
        Recognition recognition = classes.recognise(pull);
        List<String> trace = new ArrayList<>(recognition.trace());
        Optional<BumpClass> known = Optional.ofNullable(recognition.of());
        boolean unclassified = recognition.kind() == Recognition.Kind.UNCLASSIFIED;
        if (unclassified) {
            trace.add("reported once to area " + areaOfUnclassified);
        }
        return new BumpExplanation(
                pull.repository(),
                pull.number(),
                recognition.kind() == Recognition.Kind.BUMP,
                known.map(BumpClass::name).orElse(unclassified ? UNCLASSIFIED : null),
                known.map(BumpClass::area).orElse(null),
                known.map(BumpClass::sig).orElse(null),
                trace);
    }
}
