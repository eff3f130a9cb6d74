// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.List;

/** Who is to be told, and when. */
public sealed interface OnCallResult {

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
    record Now(Member member, Level level, boolean mentionSig, List<String> reasons) implements OnCallResult {

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
            implements OnCallResult {

        public Deferred {
            reasons = List.copyOf(reasons);
        }
    }

    /** The area has no member, or none who will be at work within {@link Schedule#HORIZON}. */
    record Nobody(boolean channelAtOnce, boolean mentionSig, List<String> reasons) implements OnCallResult {

        public Nobody {
            reasons = List.copyOf(reasons);
        }
    }
}
