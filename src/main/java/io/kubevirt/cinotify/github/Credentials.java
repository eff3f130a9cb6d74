// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

/** Credentials for the GitHub API. */
interface Credentials {

    /**
     * The Authorization header for the repositories of an organization.
     *
     * @param org an organization or user; empty for none
     */
    String authorizationHeader(String org) throws GitHubException;

    /** GitHub rejected the credentials: do not use a cached token again. */
    void invalidate(String org);

    /** Whether they belong to an App, not to a user. */
    boolean isApp();
}
