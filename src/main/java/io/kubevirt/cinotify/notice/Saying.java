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

/**
 * One content at one place of one channel: what the outbox keeps a row of.
 *
 * @param place where, in the channel's own words: a Slack channel, {@code org/repo#number}
 */
public record Saying(String channel, String place, Content content) {

    /** By what it is found again at its place: hidden in what is written. The same for every attempt. */
    public String marker() {
        return "ci-notify:" + content.id();
    }

    /** By what the root of its thread is found again at its place. The same for everything in the thread. */
    public String rootMarker() {
        return "ci-notify:" + content.thread();
    }
}
