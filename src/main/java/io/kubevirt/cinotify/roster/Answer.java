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
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.List;

/** Who is to be told, and when. */
public sealed interface Answer {

    /** Whether the SIG is to be mentioned as well, because the area has no primary: its SIGs drive it. */
    boolean mentionSig();

    /** Whether the channel is to get it now, although no person does. */
    boolean channelAtOnce();

    /** Why, in sentences without the final stop, in the order in which it was found out. */
    List<String> reasons();

    /**
     * A member is at work.
     *
     * @param member who
     * @param level as which
     */
    record Now(Member member, Level level, boolean mentionSig, List<String> reasons) implements Answer {

        public Now {
            reasons = List.copyOf(reasons);
        }

        @Override
        public boolean channelAtOnce() {
            return false;
        }
    }

    /**
     * Nobody who should be told is at work.
     *
     * @param member who will be
     * @param level as which
     * @param at the first working minute
     */
    record Deferred(
            Member member, Level level, Instant at, boolean channelAtOnce, boolean mentionSig, List<String> reasons)
            implements Answer {

        public Deferred {
            reasons = List.copyOf(reasons);
        }
    }

    /** The area has no member, or none who will be at work within {@link Schedule#HORIZON}. */
    record Nobody(boolean channelAtOnce, boolean mentionSig, List<String> reasons) implements Answer {

        public Nobody {
            reasons = List.copyOf(reasons);
        }
    }
}
