// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ci-notify would make of a bot's pull request; the contract of {@code explain --bump-file} (design.md section 10).
 *
 * @param bump whether it brings in new versions
 * @param className the class; null if it is a human's
 * @param area who answers for it; null if nobody is told of it
 */
record BumpExplanation(
        @Nullable Repository repo,
        @Nullable Integer number,
        boolean bump,
        @JsonProperty("class") @Nullable String className,
        @Nullable String area,
        @Nullable String sig,
        List<String> trace) {

    /** For people. */
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
