// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
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

final class BumpExplainer {
    private static final String UNCLASSIFIED = "unclassified";
    private final BumpClasses classes;
    private final @Nullable String areaOfUnclassified;

    BumpExplainer(Config config) {
        this.classes = config.bumpClasses();
        this.areaOfUnclassified =
                config.file().bumps() == null ? null : config.file().bumps().area();
    }

    /** @throws io.kubevirt.cinotify.cli.input.InvalidInputException if the input is not a pull request */
    static BumpCandidate read(JsonNode input) throws InvalidInputException {
        if (!input.isObject()) {
            throw new InvalidInputException("is not an object");
        }
        return new BumpCandidate(
                repository(input),
                input.path("number").canConvertToInt() ? input.path("number").intValue() : null,
                RunJsonCodec.text(input, "author"),
                RunJsonCodec.text(input, "title"),
                RunJsonCodec.text(input, "headRef"),
                RunJsonCodec.text(input, "headOwner"));
    }

    /** A repository without its organization counts as unknown. */
    private static @Nullable Repository repository(JsonNode input) throws InvalidInputException {
        boolean hasOrg = RunJsonCodec.text(input, "org") != null
                || input.path("repo").asText().contains("/");
        return hasOrg ? RunJsonCodec.repository(input) : null;
    }

    Result explain(BumpCandidate candidate) {
        BumpClassification classification = classes.classify(candidate);
        List<String> trace = new ArrayList<>(classification.trace());
        Optional<BumpClass> bumpClass = Optional.ofNullable(classification.bumpClass());
        boolean unclassified = classification.kind() == BumpClassification.Kind.UNCLASSIFIED;
        if (unclassified) {
            trace.add("reported once to area " + areaOfUnclassified);
        }
        return new Result(
                candidate.repository(),
                candidate.number(),
                classification.kind() == BumpClassification.Kind.BUMP,
                bumpClass.map(BumpClass::name).orElse(unclassified ? UNCLASSIFIED : null),
                bumpClass.map(BumpClass::area).orElse(null),
                bumpClass.map(BumpClass::sig).orElse(null),
                trace);
    }

    /**
     * The contract of {@code explain --bump-file} (design.md section 10).
     *
     * @param className the class; null for the pull request of a human
     * @param area the area that is responsible; null if nobody is notified
     */
    record Result(
            @Nullable Repository repo,
            @Nullable Integer number,
            boolean bump,
            @JsonProperty("class") @Nullable String className,
            @Nullable String area,
            @Nullable String sig,
            List<String> trace) {
        String text() {
            StringBuilder text = new StringBuilder((repo == null ? "?" : repo) + "#" + (number == null ? "?" : number));
            text.append("\n  class   ")
                    .append(className == null ? "none" : className)
                    .append(bump ? "" : ", no bump");
            text.append("\n  area    ").append(area == null ? "none" : area);
            text.append("\n  sig     ").append(sig == null ? "none" : sig);
            trace.forEach(reason -> text.append("\n  why     ").append(reason));
            return text.toString();
        }
    }
}
