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
package io.kubevirt.cinotify.bump;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pull request is.
 *
 * @param kind what follows from it
 * @param of the class that it is of; null if it is of none
 * @param trace how that was found, a sentence a step
 */
public record Recognition(Kind kind, @Nullable BumpClass of, List<String> trace) {

    /** What follows. */
    public enum Kind {
        /** It brings in new versions: it is followed from its opening to its end. */
        BUMP,
        /** A bot's, of a known sort, that brings in none: left alone. */
        OTHER,
        /** A trusted bot's that is of no class: reported once, never guessed. */
        UNCLASSIFIED,
        /** Somebody's who is no bot that we know: left alone. */
        HUMAN
    }

    /** Copies the trace. */
    public Recognition {
        trace = List.copyOf(trace);
    }
}
