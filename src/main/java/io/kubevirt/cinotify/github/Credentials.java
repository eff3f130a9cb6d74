// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

/** As whom GitHub is asked. */
interface Credentials {

    /**
     * The Authorization header for an organisation's repositories.
     *
     * @param org the organisation or user; empty where none is concerned
     */
    String authorizationHeader(String org) throws GitHubException;

    /** GitHub did not accept what was given for the organisation: it is not to be given again. */
    void invalidate(String org);

    /** Whether we are an App, and not a user. */
    boolean isApp();
}
