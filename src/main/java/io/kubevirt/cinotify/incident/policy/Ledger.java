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
package io.kubevirt.cinotify.incident.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been found, until it is asked for. */
final class Ledger {

    /**
     * What is found of a run.
     *
     * @param reason why nothing is said because of it; null if it waits for something larger
     * @param news the incidents with which something happened because of it: if that is said, the run is said
     */
    record Finding(String run, @Nullable Reason reason, List<String> news, String words) {
        Finding {
            news = List.copyOf(news);
        }
    }

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final Map<String, Case> touched = new LinkedHashMap<>();

    void touch(Case changed) {
        touched.put(changed.id(), changed);
    }

    /** Something happened that people may have to hear of. */
    void news(Case changed) {
        touch(changed);
        news.add(changed.id());
    }

    int mark() {
        return news.size();
    }

    List<String> newsSince(int mark) {
        return List.copyOf(news.subList(mark, news.size()));
    }

    void settle(Finding finding) {
        findings.add(finding);
    }

    List<Finding> findings() {
        return findings;
    }

    Map<String, Case> touched() {
        return touched;
    }

    void clear() {
        findings.clear();
        news.clear();
        touched.clear();
    }
}
