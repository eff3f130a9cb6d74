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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.Addressing;
import io.kubevirt.cinotify.notice.template.Dialect;
import io.kubevirt.cinotify.prow.RunUrlReader;
import java.util.Set;

/**
 * What answers are made of: the settings in force.
 *
 * @param targets what words name
 * @param access who may do what
 * @param addressing who is responsible
 * @param diagnoser whose a job is
 * @param urls reads links to runs
 * @param supportArea the area of whatever a SIG can mend
 * @param limits how often people may ask
 * @param dialect how text from outside is written
 */
public record Knowledge(
        Targets targets,
        Access access,
        Addressing addressing,
        Diagnoser diagnoser,
        RunUrlReader urls,
        String supportArea,
        Limits limits,
        Dialect dialect) {

    /**
     * How often people may be asked to be told, and plugins to answer, within an hour.
     *
     * @param perPerson requests that call people, of one person
     * @param perConversation requests that call people, in one conversation
     * @param answers commands of any sort, of one person
     */
    public record Limits(int perPerson, int perConversation, int answers) {}

    Set<String> areas() {
        return targets.areas();
    }

    Sheet sheet(Facts facts) {
        return new Sheet(dialect, facts.comment());
    }
}
