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

import io.kubevirt.cinotify.incident.policy.Message;
import java.util.List;

/**
 * A notice that has not been said yet.
 *
 * @param notice what to say
 * @param trace why
 * @param attempts how often saying it has failed
 */
public record WaitingNotice(Message notice, List<String> trace, int attempts) {

    /** Copies the trace. */
    public WaitingNotice {
        trace = List.copyOf(trace);
    }
}
