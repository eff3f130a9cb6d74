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
package io.kubevirt.cinotify.notice.github;

/** As whom GitHub is asked. */
interface Credentials {

    /**
     * The Authorization header for an organisation's repositories.
     *
     * @param org the organisation or user; empty where none is concerned
     */
    String header(String org) throws GitHubFailure;

    /** GitHub did not accept what was given for the organisation: it is not to be given again. */
    void refused(String org);

    /** Whether we are an App, and not a user. */
    boolean isApp();
}
