// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.List;

/** Whom to notify, and when. */
public sealed interface OnCallResult {
    /** Whether to mention the SIG as well, because the area has no primary. */
    boolean mentionSig();

    /** Whether to notify the channel now although no person is. */
    boolean channelAtOnce();

    /** The reasons, in order; sentences without a final period. */
    List<String> reasons();

    /** A member is at work. */
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
     * Nobody is at work; the notification is deferred.
     *
     * @param at the first working minute of the member
     */
    record Deferred(
            Member member, Level level, Instant at, boolean channelAtOnce, boolean mentionSig, List<String> reasons)
            implements OnCallResult {
        public Deferred {
            reasons = List.copyOf(reasons);
        }
    }

    /** The area has no member who will be at work within {@link Schedule#HORIZON}. */
    record Nobody(boolean channelAtOnce, boolean mentionSig, List<String> reasons) implements OnCallResult {
        public Nobody {
            reasons = List.copyOf(reasons);
        }
    }
}
