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

import java.time.Instant;

/**
 * A delivery that waits to be understood.
 *
 * @param id its GUID
 * @param event the name of the GitHub event
 * @param receivedAt when it came
 * @param body the very bytes
 * @param attempts how often understanding it has failed
 */
public record StoredDelivery(String id, String event, Instant receivedAt, byte[] body, int attempts) {}
