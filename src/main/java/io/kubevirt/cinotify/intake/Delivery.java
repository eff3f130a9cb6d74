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
package io.kubevirt.cinotify.intake;

import java.time.Instant;

/**
 * One thing that a door took in, uninterpreted: a webhook whose signature was found genuine, or the state of a ProwJob.
 *
 * <p>Two deliveries are the same if their ids are (design, section 4), so never compare these records as a whole.
 *
 * @param id of a webhook GitHub's GUID from {@code X-GitHub-Delivery}, which a redelivery repeats; of a ProwJob its name
 *     and state
 * @param event GitHub's name of the event, such as {@code status}, or {@link ProwJobExcerpt#EVENT}
 * @param receivedAt when the last byte of it was read
 * @param body the very bytes that GitHub signed, or the excerpt of the ProwJob; not copied, so nobody may write into them
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 25 MB: a defensive copy or a wrapper would double what a burst costs.
public record Delivery(String id, String event, Instant receivedAt, byte[] body) {}
