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
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.incident.policy.MessageKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A content that is due at a place.
 *
 * @param sequence the order of the decisions
 * @param kind the kind of message, or {@value #LETTER}
 * @param doubtful it may be there already, or what it changes may
 * @param since when the last attempt ended that may have written it, or began if nobody lived to see its end; null if none
 *     may have
 * @param calls it is meant to interrupt a person
 */
public record SayingRow(
        long sequence,
        String contentId,
        Form form,
        String kind,
        boolean doubtful,
        @Nullable Instant since,
        boolean calls) {

    /** The kind of all letters. */
    public static final String LETTER = "letter";

    static final Set<String> INTERRUPTING = Arrays.stream(MessageKind.values())
            .filter(MessageKind::interrupts)
            .map(MessageKind::word)
            .collect(Collectors.toUnmodifiableSet());

    /** Whether it is news of an incident that is to be shown. */
    public boolean isNews() {
        return !kind.equals(LETTER) && form != Form.ANNOUNCE && form != Form.RETRACT;
    }
}
