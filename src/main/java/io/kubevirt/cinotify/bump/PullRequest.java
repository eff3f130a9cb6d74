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
package io.kubevirt.cinotify.bump;

import io.kubevirt.cinotify.prow.Repository;
import org.jspecify.annotations.Nullable;

/**
 * A pull request as far as its class depends on it. All text is from outside.
 *
 * @param author the login of whoever opened it, where known
 * @param title one line, where known
 * @param headRef the branch that it wants merged, where known
 * @param headOwner whose fork has that branch, where known
 */
public record PullRequest(
        @Nullable Repository repository,
        @Nullable Integer number,
        @Nullable String author,
        @Nullable String title,
        @Nullable String headRef,
        @Nullable String headOwner) {}
