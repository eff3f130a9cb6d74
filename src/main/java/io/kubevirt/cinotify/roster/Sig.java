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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A special interest, working or user group.
 *
 * @param shortName {@code compute}, {@code wg-arch-arm}
 * @param name as the file has it
 * @param chairs in the order of the file
 * @param leads of the group and its subprojects, in the order of the file
 * @param channel its Slack channel, without {@code #}; null for none
 */
public record Sig(
        String shortName,
        String name,
        List<Person> chairs,
        List<Person> leads,
        @Nullable String channel) {

    public Sig {
        chairs = List.copyOf(chairs);
        leads = List.copyOf(leads);
    }

    /** Chairs, then leads; each person once. */
    public List<Person> people() {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<Person> people = new ArrayList<>(chairs);
        people.addAll(leads);
        return people.stream().filter(person -> seen.add(person.handle())).toList();
    }
}
