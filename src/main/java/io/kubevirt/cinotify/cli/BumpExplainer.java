// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.bump.BumpCandidate;
import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.bump.BumpClasses;
import io.kubevirt.cinotify.bump.BumpClasses.BumpClassification;
import io.kubevirt.cinotify.cli.input.InvalidInputException;
import io.kubevirt.cinotify.cli.input.RunJsonCodec;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what pull requests are. */
final class BumpExplainer {

    private static final String UNCLASSIFIED = "unclassified";

    private final BumpClasses classes;
    private final @Nullable String areaOfUnclassified;

    BumpExplainer(Config settings) {
        this.classes = settings.bumpClasses();
        this.areaOfUnclassified =
                settings.file().bumps() == null ? null : settings.file().bumps().area();
    }

    /** @throws io.kubevirt.cinotify.cli.input.InvalidInputException if it describes no pull request */
    static BumpCandidate read(JsonNode described) throws InvalidInputException {
        if (!described.isObject()) {
            throw new InvalidInputException("is not an object");
        }
        return new BumpCandidate(
                repository(described),
                described.path("number").canConvertToInt()
                        ? described.path("number").intValue()
                        : null,
                RunJsonCodec.text(described, "author"),
                RunJsonCodec.text(described, "title"),
                RunJsonCodec.text(described, "headRef"),
                RunJsonCodec.text(described, "headOwner"));
    }

    /** A repository without its organisation is as good as unknown. */
    private static @Nullable Repository repository(JsonNode described) throws InvalidInputException {
        boolean named = RunJsonCodec.text(described, "org") != null
                || described.path("repo").asText().contains("/");
        return named ? RunJsonCodec.repository(described) : null;
    }

    BumpExplanation explain(BumpCandidate pull) {
        BumpClassification recognition = classes.classify(pull);
        List<String> trace = new ArrayList<>(recognition.trace());
        Optional<BumpClass> known = Optional.ofNullable(recognition.bumpClass());
        boolean unclassified = recognition.kind() == BumpClassification.Kind.UNCLASSIFIED;
        if (unclassified) {
            trace.add("reported once to area " + areaOfUnclassified);
        }
        return new BumpExplanation(
                pull.repository(),
                pull.number(),
                recognition.kind() == BumpClassification.Kind.BUMP,
                known.map(BumpClass::name).orElse(unclassified ? UNCLASSIFIED : null),
                known.map(BumpClass::area).orElse(null),
                known.map(BumpClass::sig).orElse(null),
                trace);
    }
}
