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
package io.kubevirt.cinotify.notice;

import io.kubevirt.cinotify.incident.Notice;
import java.util.List;

/** A way to people: the only thing that speaks to the world. */
public interface Channel {

    /** The name by which settings, the journal and metrics know it. */
    String name();

    /**
     * Says a notice.
     *
     * @param notice what to say
     * @param why the decision's trace
     * @return what became of it; never throws for a fault of the other side
     */
    Delivery send(Notice notice, List<String> why);
}
